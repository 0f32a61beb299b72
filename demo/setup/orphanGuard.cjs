'use strict';
// Loaded into n8n's process (node -r): ends n8n when the process that started it is gone, however that one ended.
const PATIENCE_MS = 10_000;

if (process.channel) {
	process.once('disconnect', () => {
		process.kill(process.pid, 'SIGTERM');
		setTimeout(() => process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL'), PATIENCE_MS).unref();
	});
	// The channel alone shall not keep the process alive.
	process.channel.unref();
}
