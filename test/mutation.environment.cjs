const { TestEnvironment } = require('jest-environment-node');

/** The mutant that a test has noticed already: the other tests need not run. Stryker itself cannot stop Jest at the first failure. */
const noticed = Symbol.for('noticed mutant');
const active = () => process.env.__STRYKER_ACTIVE_MUTANT__;

module.exports = class extends TestEnvironment {
	async handleTestEvent({ name, test }) {
		if (active() === undefined) return;
		if (name === 'test_fn_failure') process[noticed] = active();
		else if (name === 'test_start' && process[noticed] === active()) test.mode = 'skip';
	}
};
