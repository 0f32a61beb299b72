import { CrmError } from '../domain/errors';

/** Longest pause between two contacts of a course, in days. */
const LONGEST_PAUSE = 365;
/** A course has no more contacts: who does not answer three times does not want to. */
const MOST_FOLLOW_UPS = 4;

/**
 * A setting that must be a whole number.
 * @param label what the setting is called, for the error
 * @throws CrmError naming the setting and what it may be
 */
export function wholeNumber(label: string, value: unknown, least: number, most: number): number {
	if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
	throw new CrmError(`The setting ${label} is not a whole number from ${least} to ${most}.`, `Set ${label} to a number such as ${Math.max(least, Math.min(most, 12))}.`);
}

/**
 * The days after the first contact on which the next ones follow, as "21, 45" or as a list; empty: none. Each must be later than the one before.
 * @throws CrmError when they cannot be read or contradict each other
 */
export function followUpDays(label: string, value: unknown): number[] {
	const given = Array.isArray(value) ? value : String(value ?? '').split(/[\s,;]+/).filter(Boolean).map(Number);
	const days = given.map((day) => wholeNumber(label, day, 1, LONGEST_PAUSE));
	if (days.length > MOST_FOLLOW_UPS) throw new CrmError(`The setting ${label} has more than ${MOST_FOLLOW_UPS} contacts.`, 'Leave the later ones out.');
	if (days.some((day, index) => index > 0 && day <= days[index - 1])) {
		throw new CrmError(`The days of the setting ${label} do not ascend.`, 'Write them from the first contact on, for example 21, 45.');
	}
	return days;
}

/** @throws CrmError with the given sentences, when two settings contradict each other */
export function refuseWhen(contradicts: boolean, message: string, howToGoOn: string): void {
	if (contradicts) throw new CrmError(message, howToGoOn);
}
