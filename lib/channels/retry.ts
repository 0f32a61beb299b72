/** Wait before the second attempt; four times as long before each further one. Minutes. */
const FIRST_MINUTES = 5;
const GROWTH = 4;
const LONGEST_MINUTES = 24 * 60;
/** The wait is longer or shorter by this part at most, so that what failed together does not come back together. */
const JITTER = 0.15;

/**
 * Minutes to wait after an attempt that the provider has certainly not taken.
 * @param attempts so far, this one included
 * @param random from 0 to 1, passed in
 * @param atLeast what the provider asks for. Minutes
 */
export function retryMinutes(attempts: number, random: () => number, atLeast = 0): number {
	const wait = Math.min(LONGEST_MINUTES, FIRST_MINUTES * GROWTH ** Math.max(0, attempts - 1));
	return Math.max(atLeast, wait * (1 - JITTER + 2 * JITTER * random()));
}
