import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds. @throws after `withinMs` milliseconds, with what was waited for */
export async function until(what: string, holds: () => Promise<boolean> | boolean, withinMs = 30_000): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error(`Waited ${withinMs / 1000} s in vain: ${what}`);
		await sleep(100);
	}
}
