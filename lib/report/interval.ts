import type { Difference } from '../domain/report';

/* What a campaign brought, against those who were held out: a difference, and how far from it the truth may lie. Every interval is one of 95 %. */

/** How many of a group did something, for example came back. */
export interface Share {
	hits: number;
	of: number;
}

/** What is known of the amounts of a group, in cents; who spent nothing counts with 0. */
export interface Amounts {
	/** Everybody in the group. */
	of: number;
	/** Those of them who spent anything. */
	buyers: number;
	sum: number;
	/** The sum of the squares of the amounts. */
	sumOfSquares: number;
}

/** The point of the standard normal distribution that 2.5 % lie above. */
const Z = 1.959963984540054;
/** Amounts of few buyers are too skewed for an interval of their mean. */
const FEWEST_BUYERS = 10;

/**
 * The score interval of one share, 0 to 1. An empty group may be anything.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.
 */
export function shareInterval({ hits, of }: Share): { low: number; high: number } {
	if (of === 0) return { low: 0, high: 1 };
	const centre = (hits + (Z * Z) / 2) / (of + Z * Z);
	const reach = (Z / (of + Z * Z)) * Math.sqrt((hits * (of - hits)) / of + (Z * Z) / 4);
	// At none and at all the bounds are exact, which floating point misses by a hair.
	return { low: hits === 0 ? 0 : centre - reach, high: hits === of ? 1 : centre + reach };
}

/**
 * The difference of two independent shares, -1 to 1; undefined while a group is empty. Good also for few and for rare.
 * Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven methods",
 * Statistics in Medicine 17, 1998, method 10 (hybrid score, no continuity correction).
 */
export function shareDifference(contact: Share, holdout: Share): Difference | undefined {
	check(contact);
	check(holdout);
	if (contact.of === 0 || holdout.of === 0) return undefined;
	const [one, other] = [contact.hits / contact.of, holdout.hits / holdout.of];
	const [ofOne, ofOther] = [shareInterval(contact), shareInterval(holdout)];
	const difference = one - other;
	return { difference, low: difference - Math.hypot(one - ofOne.low, ofOther.high - other), high: difference + Math.hypot(ofOne.high - one, other - ofOther.low) };
}

/**
 * The difference of revenue per head, in cents; undefined while a group has fewer than ten buyers.
 * Source: B. L. Welch, "The generalization of Student's problem when several different population variances are involved", Biometrika 34, 1947.
 */
export function revenueDifference(contact: Amounts, holdout: Amounts): Difference | undefined {
	if (Math.min(contact.buyers, holdout.buyers) < FEWEST_BUYERS) return undefined;
	const [ofContact, ofHoldout] = [meanAndItsVariance(contact), meanAndItsVariance(holdout)];
	const variance = ofContact.variance + ofHoldout.variance;
	const difference = ofContact.mean - ofHoldout.mean;
	// Everybody in both groups spent the very same: nothing is left to chance.
	if (variance === 0) return { difference, low: difference, high: difference };
	const freedom = variance ** 2 / (ofContact.variance ** 2 / (contact.of - 1) + ofHoldout.variance ** 2 / (holdout.of - 1));
	const reach = studentT(freedom) * Math.sqrt(variance);
	return { difference, low: difference - reach, high: difference + reach };
}

function meanAndItsVariance({ of, sum, sumOfSquares }: Amounts): { mean: number; variance: number } {
	const mean = sum / of;
	return { mean, variance: Math.max(0, sumOfSquares - sum * mean) / (of - 1) / of };
}

/**
 * The point of Student's distribution that 2.5 % lie above; right to a hundredth from 3 degrees of freedom on, and ours are at least 9.
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
 */
export function studentT(freedom: number): number {
	const terms = [
		(Z ** 3 + Z) / 4,
		(5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96,
		(3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384,
		(79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / 92160,
	];
	return terms.reduce((sum, term, index) => sum + term / freedom ** (index + 1), Z);
}

function check({ hits, of }: Share): void {
	if (!Number.isInteger(hits) || !Number.isInteger(of) || hits < 0 || hits > of) throw new RangeError(`Not so many out of so many: ${hits} of ${of}`);
}
