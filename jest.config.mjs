const shared = {
	testEnvironment: 'node',
	transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.demo/'],
};

/** Three groups: `unit` needs nothing, `store` a real database, `e2e` a real n8n and a real browser. */
export default {
	projects: [
		{ ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/{lib,nodes,demo,package}/**/*.test.ts'], testPathIgnorePatterns: ['<rootDir>/test/lib/store/'] },
		{ ...shared, displayName: 'store', testMatch: ['<rootDir>/test/lib/store/**/*.test.ts'] },
		{ ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
	],
};
