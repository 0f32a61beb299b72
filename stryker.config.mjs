/** Changes the contact rules bit by bit, and tells which changes no test notices. https://stryker-mutator.io */
export default {
	// The classes of facts are a shortcut of the data quality report, held against the rules by a property that takes seconds.
	mutate: ['lib/consent/**/*.ts', '!lib/consent/factClass.ts'],
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: { projectType: 'custom', configFile: 'test/mutation.jest.config.mjs', enableFindRelatedTests: false },
	coverageAnalysis: 'perTest',
	// What is read once when a file is loaded: titles and sources of the rules, lists of words. Each would cost a run of all tests.
	ignoreStatic: true,
	thresholds: { high: 95, low: 90, break: 90 },
	reporters: ['clear-text', 'progress', 'json'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
	jsonReporter: { fileName: 'test/artefacts/mutation.json' },
	tempDirName: '.stryker-tmp',
	concurrency: 2,
	timeoutMS: 20_000,
};
