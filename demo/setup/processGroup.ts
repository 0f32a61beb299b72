import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const living = new Set<ChildProcess>();

// Whatever ends this process, nothing that it started stays behind. (What can be done at this point must be synchronous.)
process.once('exit', () => living.forEach(killGroup));

/** Like spawn, but the child leads a group of its own (Windows has none), so that it and all that it starts can be ended together. */
export function spawnGroup(file: string, args: string[], options: SpawnOptions): ChildProcess {
	const child = spawn(file, args, { ...options, detached: process.platform !== 'win32' });
	living.add(child);
	child.once('exit', () => living.delete(child));
	return child;
}

/** Kills a child started with spawnGroup and everything that it started, at once. A group that is gone is no error. */
export function killGroup(child: ChildProcess): void {
	if (child.pid === undefined) return;
	if (process.platform === 'win32') {
		execFile('taskkill', ['/pid', String(child.pid), '/t', '/f'], () => undefined);
		return;
	}
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/**
 * Asks the leader of a group to end (SIGTERM); after `patienceMs` milliseconds, or once it has ended, kills what is left of the group.
 *
 * @param exited settles when the leader has ended
 */
export async function endGroup(child: ChildProcess, exited: Promise<unknown>, patienceMs: number): Promise<void> {
	child.kill('SIGTERM');
	const patience = new AbortController();
	await Promise.race([exited, sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
	patience.abort();
	killGroup(child);
	await exited;
}
