import { fork, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { bundleWorker } from './bundle';

/** Workers that have started and wait for orders: whoever was killed is replaced at once. */
export interface Pool {
	take(): ChildProcess;
	/** Ends those that wait. */
	close(): void;
}

const WAITING = 3;

export function openPool(): Pool {
	const bundle = bundleWorker();
	// Without the loaders of TypeScript that this process was started with.
	const start = () => fork(bundle, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	const waiting = Array.from({ length: WAITING }, start);
	return {
		take: () => {
			waiting.push(start());
			return waiting.shift() as ChildProcess;
		},
		close: () => {
			for (const worker of waiting) worker.kill('SIGKILL');
			rmSync(bundle);
		},
	};
}
