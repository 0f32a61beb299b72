import { CrmError } from './errors';

/** How long the shop keeps what it knows, in months. */
export interface RetentionPeriods {
	/** Somebody who never bought anything, counted from the last contact. */
	prospectMonths: number;
	/** Somebody who bought, counted from the last contact. */
	customerMonths: number;
	/** What exactly was bought and for how much, counted from the sale; the kind of lens and the days stay for the checks that follow. */
	purchaseMonths: number;
	/** For how long a purchase may still serve to profile; nothing is erased by it. RULES 15. */
	profilingMonths: number;
}

/**
 * RULES 15 takes 24 months for marketing and 12 for profiling (practice of the Garante). Ten years are those of business records
 * (Codice civile 2220); two for a prospect are our own.
 */
export const USUAL_RETENTION: RetentionPeriods = { prospectMonths: 24, customerMonths: 120, purchaseMonths: 24, profilingMonths: 12 };

const LONGEST = 600;

/** @throws CrmError for a period that is no whole number of months from 1 to 600 */
export function checkRetention(periods: Partial<RetentionPeriods>): void {
	for (const [name, months] of Object.entries(periods)) {
		if (Number.isSafeInteger(months) && months >= 1 && months <= LONGEST) continue;
		throw new CrmError(`${name} is no whole number of months from 1 to ${LONGEST}`, 'Enter the period that the privacy notice of the shop names, in months.');
	}
}
