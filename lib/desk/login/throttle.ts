import { plusMinutes, type Instant } from '../../domain/time';

/** How often something may be tried before one has to wait. */
export interface Throttle {
	/** Attempts without a wait. */
	free: number;
	/** Without any attempt for so long, all of them are forgotten. */
	forgottenAfterMinutes: number;
}

/**
 * What attempts to log in are counted by. One name from one address has few; an address has more, because a whole shop may be behind it; a name
 * has many, so that a stranger who knows it cannot hold up whose it is, and the lead hears of it.
 */
export const THROTTLES = {
	pair: { free: 3, forgottenAfterMinutes: 24 * 60 },
	address: { free: 20, forgottenAfterMinutes: 60 },
	account: { free: 100, forgottenAfterMinutes: 24 * 60 },
} as const satisfies Record<string, Throttle>;
export type ThrottleKind = keyof typeof THROTTLES;

const LONGEST_WAIT = 15 * 60;

/** Seconds to wait after so many attempts: none after the free ones, then 2, 4, 8 … up to 15 minutes. */
export function waitAfter(attempts: number, { free }: Throttle): number {
	return attempts <= free ? 0 : Math.min(2 ** (attempts - free), LONGEST_WAIT);
}

/** The throttle as the store applies it to an attempt that is made now. */
export function limitAt(now: Instant, throttle: Throttle): { free: number; forgottenBefore: Instant; waits: Instant[] } {
	const steps = Math.ceil(Math.log2(LONGEST_WAIT));
	return {
		free: throttle.free,
		forgottenBefore: plusMinutes(now, -throttle.forgottenAfterMinutes),
		waits: Array.from({ length: steps }, (_, place) => plusMinutes(now, waitAfter(throttle.free + 1 + place, throttle) / 60)),
	};
}

/** Whole seconds from now until then; at least 1. */
export function secondsUntil(then: Instant, now: Instant): number {
	return Math.max(1, Math.ceil((Date.parse(then) - Date.parse(now)) / 1000));
}
