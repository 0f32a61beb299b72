/* Jest cannot load ES modules without a flag; Node itself, in the context outside of Jest's, can. */
const outside = require('node:vm').runInThisContext('globalThis');
const { createRequire } = outside.process.getBuiltinModule('node:module');
const HALF_MINUTE = 30_000;

// A client that was closed leaves some of its timers behind; no test process waits for them.
const { setTimeout: real } = outside;
if (!real.leavesNothing) {
	outside.setTimeout = Object.assign((work, ms, ...rest) => {
		const timer = real(work, ms, ...rest);
		return ms === HALF_MINUTE ? timer.unref() : timer;
	}, real, { leavesNothing: true });
}

/** A package as it is outside of Jest. */
exports.realModule = (name) => ({ __esModule: true, ...createRequire(__filename)(name) });
