import { fileURLToPath } from 'node:url';
import jestConfig from '../jest.config.mjs';

/** The tests of the contact rules alone, for mutation testing: the quick ones first, and properties with fewer runs, since each test runs hundreds of times. */
const { displayName: _unit, ...unit } = jestConfig.projects[0];

export default {
	...unit,
	rootDir: process.cwd(),
	testMatch: ['<rootDir>/test/lib/consent/**/*.test.ts'],
	testPathIgnorePatterns: ['factClass\\.test'],
	testSequencer: '<rootDir>/test/mutation.sequencer.cjs',
	testEnvironment: fileURLToPath(new URL('mutation.environment.cjs', import.meta.url)),
	setupFiles: ['<rootDir>/test/mutation.setup.cjs'],
};
