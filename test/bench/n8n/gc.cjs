'use strict';
// Loaded into n8n's process (node -r): on SIGUSR2 it throws away what nobody needs, so that one turn leaves nothing behind for the next.
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

if (isMainThread && /n8n$/.test(process.argv[1] ?? '')) {
	setFlagsFromString('--expose_gc');
	const gc = runInNewContext('gc');
	process.on('SIGUSR2', () => gc());
}
