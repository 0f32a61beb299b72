/** Imported before the support of the tests, which tidies up in Jest's `afterAll`: here the end of the process does it. */
Object.assign(globalThis, { afterAll: (tidyUp: () => void) => process.once('exit', () => tidyUp()) });

export {};
