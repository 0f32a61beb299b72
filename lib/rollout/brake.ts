/** How often something bad happened, out of how often it could have. */
export interface Observed {
	bad: number;
	of: number;
}

/** How many times as bad as its threshold a harmful campaign may be; each is given the same weight. */
const TIMES_AS_BAD = [1.25, 1.5, 2, 3, 5, 8, 12, 30, 100];
/** A share that can never be passed says nothing. */
const GREATEST_SHARE = 0.95;

/**
 * The evidence that the true share lies above the threshold: a mixture of likelihood ratios of greater shares against the threshold itself.
 *
 * It is an e-process: while the true share is at most the threshold, its expected value never grows beyond 1, whatever was looked at before and
 * however often. So the chance that it ever reaches 1/a is at most a, over the whole life of a campaign (Ville's inequality), and few
 * observations give little evidence by themselves. What is not known yet counts as good, which can only lower it.
 * Source: Robbins 1970; Ramdas, Grünwald, Vovk, Shafer, "Game-theoretic statistics and safe anytime-valid inference", 2023.
 * @param threshold share, between 0 and 1
 */
export function evidenceOfHarm({ bad, of }: Observed, threshold: number): number {
	const shares = TIMES_AS_BAD.map((times) => times * threshold).filter((share) => share < GREATEST_SHARE);
	if (shares.length === 0) shares.push((threshold + 1) / 2);
	const ratios = shares.map((share) => Math.exp(bad * Math.log(share / threshold) + (of - bad) * Math.log((1 - share) / (1 - threshold))));
	return ratios.reduce((sum, ratio) => sum + ratio, 0) / shares.length;
}

/**
 * Whether the brake pulls.
 * @param falseAlarms how likely it may ever pull while the true share is at most the threshold, for example 0.01
 */
export function brakePulls(observed: Observed, threshold: number, falseAlarms: number): boolean {
	return observed.bad > 0 && evidenceOfHarm(observed, threshold) >= 1 / falseAlarms;
}
