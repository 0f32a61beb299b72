import { RULES } from '../../../lib/consent/registry';
import type { Store } from '../../../lib/store/open';
import { verifyConsents } from '../../../lib/store/verifyConsents';
import { eachBirthdayOnce } from './birthdays';
import type { History } from './history';
import type { Invariant, Violation } from './invariant';
import { everyOccasionAccounted, nothingTwice, storeKnowsWhatLeft } from './ledger';
import { neverToTheDead, neverToTheErased, neverWithoutConsent, noMarketingToMinors } from './persons';
import { noMoreThanTheCap, nothingInQuietHours, nothingOnDaysOff } from './pressure';
import { noRecallAfterBooking, noRecallAfterReturn } from './returns';

export const INVARIANTS: readonly Invariant[] = [
	eachBirthdayOnce, noRecallAfterReturn, noRecallAfterBooking, neverWithoutConsent, neverToTheDead, neverToTheErased, noMarketingToMinors,
	noMoreThanTheCap, nothingOnDaysOff, nothingInQuietHours, everyOccasionAccounted, nothingTwice, storeKnowsWhatLeft,
];

/** What came of one invariant. */
export interface CheckResult {
	name: string;
	/** `not checked`: the rule that it rests on is not in the package yet. */
	result: 'holds' | 'broken' | 'not checked';
	/** How often it was broken. */
	count: number;
	violations: Violation[];
}

const LEDGER = 'consent-ledger-verifies';

/** Checks all invariants on the whole history of a run. */
export async function checkHistory(store: Store, history: History): Promise<CheckResult[]> {
	const reasons = new Set<string>(RULES.map(({ reason }) => reason));
	const results = INVARIANTS.map(({ name, needs, violations }): CheckResult => {
		if (needs && !reasons.has(needs)) return { name, result: 'not checked', count: 0, violations: [] };
		return resultOf(name, violations(history));
	});
	const { broken, changedWordings } = await verifyConsents(store);
	const ofLedger = [
		...broken.map(({ customerId, sequence, why }) => ({ day: history.last, customer: customerId, what: `record ${sequence}: ${why}` })),
		...changedWordings.map((version) => ({ day: history.last, customer: 0, what: `the wording ${version} was changed` })),
	];
	return [...results, resultOf(LEDGER, ofLedger)];
}

function resultOf(name: string, violations: Violation[]): CheckResult {
	return { name, result: violations.length > 0 ? 'broken' : 'holds', count: violations.length, violations };
}
