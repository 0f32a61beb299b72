import { plusMinutes, type Instant } from '../domain/time';

/** Wrong passwords in a row, as the store keeps them for one user's name or one address. */
export interface Failures {
	count: number;
	lastAt: Instant;
}

const FREE_FAILURES = 3;
const LONGEST_WAIT = 15 * 60;
const FORGOTTEN_AFTER_MINUTES = 24 * 60;

/**
 * Seconds until the next try is taken: none after the first three failures, then 2, 4, 8 … up to 15 minutes from the last one.
 * Ask before the password is looked at, and look at none while it is above 0.
 */
export function secondsToWait(failures: Failures | undefined, now: Instant): number {
	if (!failures || failures.count <= FREE_FAILURES) return 0;
	const wait = Math.min(2 ** (failures.count - FREE_FAILURES), LONGEST_WAIT);
	const passed = (Date.parse(now) - Date.parse(failures.lastAt)) / 1000;
	// A clock that was set back must not lock anybody out for longer than the wait itself.
	return Math.ceil(Math.min(wait, Math.max(0, wait - passed)));
}

/** A wrong password counts as the first again when the last one is older than this: a day. */
export function forgottenBefore(now: Instant): Instant {
	return plusMinutes(now, -FORGOTTEN_AFTER_MINUTES);
}
