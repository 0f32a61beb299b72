import type { LocalDate } from '../../domain/time';

/**
 * Five digits, with a time of day as a fraction. Fewer could be a year or a code; the last of these is 31 December 2099, the first 18 May
 * 1927: who is older comes from a spreadsheet as text.
 */
const SERIAL = /^(?=[1-7]\d{4}(?:\D|$))(\d+)(?:[.,](\d{1,15}))?$/;
const LAST = 73_050;
/** Day zero of the 1900 system for all days after the 29 February 1900 that it wrongly has (ECMA-376 part 1, 18.17.4.1). */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const MINUTES_OF_DAY = 1440;

/** The day, and the minutes since its midnight, that a spreadsheet's serial number stands for; undefined where the text is none. */
export function serialDay(text: string): { day: LocalDate; minutes: number } | undefined {
	const [, days, fraction = '0'] = SERIAL.exec(text) ?? [];
	if (days === undefined || Number(days) > LAST) return undefined;
	// Rounded: 10:30 is 0.4375, but 10:20 has no end of digits. Half a minute before midnight stays the same day.
	const minutes = Math.min(Math.round(Number(`0.${fraction}`) * MINUTES_OF_DAY), MINUTES_OF_DAY - 1);
	return { day: new Date(DAY_ZERO + Number(days) * 86_400_000).toISOString().slice(0, 10), minutes };
}
