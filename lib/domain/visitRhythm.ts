import type { LocalDate } from './time';

/** Visits closer than this belong together: an order and its collection, an exam and the order after it. Days. */
export const SAME_VISIT_DAYS = 60;
/** A longer rhythm is none. Months. */
export const LONGEST_RHYTHM = 60;
const DAYS_A_MONTH = 365.2425 / 12;
const DAY = 86_400_000;

/** When somebody was last in the shop, and how often they come. */
export interface VisitRhythm {
	lastVisitOn: LocalDate;
	/** The median of the times between visits in whole months, 1 to 60; 0 while fewer than three visits are known. */
	months: number;
}

/**
 * The rhythm of somebody who was in the shop on these days, in any order; undefined where there is none.
 * Days that follow each other within 60 days are one visit, which lasts from its first to its last day.
 */
export function visitRhythm(days: Iterable<LocalDate>): VisitRhythm | undefined {
	const sorted = [...new Set(days)].sort();
	const lastVisitOn = sorted.at(-1);
	if (lastVisitOn === undefined) return undefined;
	// Each day is read once: an import asks this for every customer that it touches.
	const numbers = sorted.map((day) => Date.parse(day) / DAY);
	const visits = numbers.filter((day, index) => index === 0 || day - numbers[index - 1] > SAME_VISIT_DAYS);
	const gaps = visits.slice(1).map((day, index) => day - visits[index]).sort((one, other) => one - other);
	if (gaps.length < 2) return { lastVisitOn, months: 0 };
	const middle = gaps.length >> 1;
	const median = gaps.length % 2 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2;
	return { lastVisitOn, months: Math.min(LONGEST_RHYTHM, Math.max(1, Math.round(median / DAYS_A_MONTH))) };
}
