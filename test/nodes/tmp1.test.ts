it('loads', () => {
	const t = Date.now();
	require('n8n-workflow');
	const t1 = Date.now();
	const c = require('n8n-core/dist/execution-engine/node-execution-context/execute-context');
	const t2 = Date.now();
	require('n8n-core/dist/execution-engine/node-execution-context/webhook-context');
	require('n8n-core/dist/execution-engine/node-execution-context/poll-context');
	console.log(t1 - t, t2 - t1, Date.now() - t2, Object.keys(c));
});
