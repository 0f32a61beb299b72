const shared = {
	testEnvironment: 'node',
	transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
	// An ES module, and what it uses: loaded by Node itself, as in n8n.
	moduleNameMapper: { '^@whiskeysockets/baileys$': '<rootDir>/test/support/realModules/baileys.cjs', '^libsignal$': '<rootDir>/test/support/realModules/libsignal.cjs' },
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.demo/', '<rootDir>/.stryker-tmp/'],
};

/** Only a file can be asked for these, or gives rows of equal rank and new ids in an order that can be compared. */
const ONLY_FILE = ['store/(backup/(backup|restore)|open|plans|shopsApart/shopsApart)\\.test'];

/** What asks adapters, hashes passwords or reads cells says the same on both, and takes its time. */
const SAME_ON_BOTH = ['nodes/desk/(accounts|sessions|otherShop)\\.test', 'nodes/(providerCalls|rewording|everyChannel|runData)\\.test', 'nodes/OpticalCrm/badImport\\.test'];

/** `unit` needs nothing, `store` a real file, `postgres` a real server, `e2e` a real n8n and a real browser; `scale`, which is no part of `npm test`, Redis and several processes of n8n. */
export default {
	projects: [
		{ ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/{lib,nodes,demo,docs,package}/**/*.test.ts'], testPathIgnorePatterns: ['<rootDir>/test/lib/store/'] },
		{ ...shared, displayName: 'store', testMatch: ['<rootDir>/test/lib/store/**/*.test.ts'], testPathIgnorePatterns: ['store/postgres\\.test'] },
		{
			...shared,
			displayName: 'postgres',
			testMatch: ['<rootDir>/test/{lib/store,nodes}/**/*.test.ts'],
			testPathIgnorePatterns: [...ONLY_FILE, ...SAME_ON_BOTH],
			globals: { STORE_DATABASE: 'postgres' },
			globalSetup: '<rootDir>/test/support/postgresSetup.ts',
			globalTeardown: '<rootDir>/test/support/postgresTeardown.ts',
		},
		{ ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
		{ ...shared, displayName: 'scale', testMatch: ['<rootDir>/test/scale/**/*.test.ts'] },
	],
};
