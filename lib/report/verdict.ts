import type { Difference, Verdict } from '../domain/report';
import { shareDifference, type Share } from './interval';

/** The result of one campaign by assignment; only those whose time to come back is over. */
export interface CampaignResult {
	contact: Share;
	holdout: Share;
	/** How many are assigned in a week, contact and holdout together. */
	assignmentsPerWeek: number;
	/** The share that is held out, 0 to 1. */
	holdoutShare: number;
	/** The least difference that is worth the effort, for example 0.02 for two points; above 0, at most 1. */
	leastEffect: number;
}

export interface CampaignVerdict {
	verdict: Verdict;
	/** For the page; absent while a group is empty. */
	difference?: Difference;
	/** Too early: about how many more assignments are needed, those included whose time is not over ... */
	moreAssignments?: number;
	/** ... and how many weeks these take; absent where nobody is assigned any more. */
	moreWeeks?: number;
}

/**
 * How likely a campaign that brings nothing is ever called `works`, however often somebody looks, over its whole life; the same holds for `harms`,
 * and for `does-not` where it brings the least effect or more.
 */
export const FALSE_VERDICTS = 0.05;
/** How likely the verdict has been given when the promised weeks are over, where the campaign brings nothing or just the least effect. */
export const POWER = 0.8;
/** The point of the standard normal distribution that 80 % lie below. */
const Z_POWER = 0.8416212335729143;

/**
 * Says whether a campaign works. The report is looked at each month, and an interval of 95 % that is looked at often enough leaves nothing out:
 * so the verdict has wider bounds than the interval that is shown, which hold at all times together.
 * Throws RangeError on figures that cannot be.
 */
export function verdictOf(result: CampaignResult): CampaignVerdict {
	const { contact, holdout, assignmentsPerWeek, holdoutShare, leastEffect } = result;
	if (!(leastEffect > 0 && leastEffect <= 1)) throw new RangeError(`Not a least effect above 0 and up to 1: ${leastEffect}`);
	if (!(holdoutShare >= 0 && holdoutShare <= 1)) throw new RangeError(`Not a share from 0 to 1: ${holdoutShare}`);
	if (!(assignmentsPerWeek >= 0)) throw new RangeError(`Not a number of assignments: ${assignmentsPerWeek}`);
	const difference = shareDifference(contact, holdout);
	if (difference) {
		const { low, high } = lastingBounds(result, difference);
		if (high < 0) return { verdict: 'harms', difference };
		if (high < leastEffect) return { verdict: 'does-not', difference };
		if (low > 0) return { verdict: 'works', difference };
	}
	if (holdoutShare === 0 || holdoutShare === 1) return { verdict: 'no-holdout', difference };
	const moreAssignments = assignmentsToGo(result, difference);
	return { verdict: 'too-early', difference, moreAssignments, ...(assignmentsPerWeek > 0 && { moreWeeks: Math.ceil(moreAssignments / assignmentsPerWeek) }) };
}

/** Bounds that hold at all looks together; never narrower than the interval that is shown, so that the page does not contradict itself. */
function lastingBounds({ contact, holdout, leastEffect }: CampaignResult, { difference, low, high }: Difference): { low: number; high: number } {
	const reach = lastingReach(varianceOf(contact, holdout), leastEffect);
	return { low: Math.min(low, difference - reach), high: Math.max(high, difference + reach) };
}

/**
 * How far the truth may lie from what is seen, at all looks together: the confidence sequence of a normal mixture, most sensitive to the least effect.
 * Both ends together are missed twice as often as one, and each verdict looks at one.
 * Source: H. Robbins, "Statistical methods related to the law of the iterated logarithm", 1970; for shares by their normal limit: Johari, Koomen,
 * Pekelis, Walsh, "Always valid inference: continuous monitoring of A/B tests", Operations Research 70, 2022.
 */
function lastingReach(variance: number, leastEffect: number): number {
	const prior = leastEffect ** 2;
	return Math.sqrt(((2 * variance * (variance + prior)) / prior) * (Math.log(1 / (2 * FALSE_VERDICTS)) + Math.log((variance + prior) / variance) / 2));
}

/**
 * The variance of the difference: the greater of those with each group's own share and with the share of all. A small holdout of which by chance
 * nobody came back would otherwise seem to be certain of it.
 * @param moreOf how many more each group gets, of whom as many come back as so far
 */
function varianceOf(contact: Share, holdout: Share, moreOf = { contact: 0, holdout: 0 }): number {
	const all = spreadOf({ hits: contact.hits + holdout.hits, of: contact.of + holdout.of });
	const over = (ofContact: number, ofHoldout: number) => ofContact / (contact.of + moreOf.contact + 2) + ofHoldout / (holdout.of + moreOf.holdout + 2);
	return Math.max(over(spreadOf(contact), spreadOf(holdout)), over(all, all));
}

/**
 * The variance of one observation, as if two more had been seen, of whom one came back.
 * Source: A. Agresti and B. Caffo, "Simple and effective confidence intervals for proportions and differences of proportions", The American Statistician 54, 2000.
 */
function spreadOf({ hits, of }: Share): number {
	const share = (hits + 1) / (of + 2);
	return share * (1 - share);
}

/**
 * How many more assignments lead to a verdict: first as many as tell the least effect from nothing with the power stated above; once these
 * are there, as many as decide if what is seen stays as it is. At least 1.
 */
function assignmentsToGo({ contact, holdout, holdoutShare, leastEffect }: CampaignResult, seen: Difference | undefined): number {
	const varianceAfter = (more: number) => varianceOf(contact, holdout, { contact: more * (1 - holdoutShare), holdout: more * holdoutShare });
	const isPlanned = (more: number) => {
		const variance = varianceAfter(more);
		return lastingReach(variance, leastEffect) + Z_POWER * Math.sqrt(variance) <= leastEffect;
	};
	const planned = firstWhere(isPlanned);
	if (planned > 0 || !seen) return Math.max(1, planned);
	const distance = Math.max(seen.difference, leastEffect - seen.difference);
	return Math.max(1, firstWhere((more) => lastingReach(varianceAfter(more), leastEffect) < distance));
}

/** The least whole number from 0 on where it holds; it holds from there on. Great ones to a millionth. */
function firstWhere(holds: (number: number) => boolean): number {
	if (holds(0)) return 0;
	let [below, at] = [0, 1];
	while (!holds(at)) [below, at] = [at, at * 2];
	while (at - below > Math.max(1, at / 1e6)) {
		const middle = Math.floor((below + at) / 2);
		if (holds(middle)) at = middle;
		else below = middle;
	}
	return at;
}
