import { setTimeout as sleep } from 'node:timers/promises';

/** Something that the check looked at. */
export interface Finding {
	what: string;
	found: unknown;
	expected: unknown;
	ok: boolean;
}

/** Notes what was found beside what should be. */
export type Expect = (what: string, found: unknown, expected: unknown) => void;

const PATIENCE_MS = 60_000;

/** @throws after a minute */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error(`Waited ${PATIENCE_MS / 1000} s for ${what} in vain.`);
		await sleep(200);
	}
}
