import type { RecordProblem } from './recordKind';

/** What is wrong with an amount in cents, if anything. */
export function amountProblem(cents: number | undefined): RecordProblem | undefined {
	if (cents === undefined) return undefined;
	if (cents < 0) return { field: 'amount', reason: 'AMOUNT_NEGATIVE' };
	return Number.isSafeInteger(cents) ? undefined : { field: 'amount', reason: 'AMOUNT_UNUSABLE' };
}
