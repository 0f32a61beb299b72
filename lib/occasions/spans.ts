import type { DayWindow, DueDays, FactSpan, WindowDay } from '../domain/dueSearch';
import { daysBetween, endOfMonth, plusDays, plusMonths, type LocalDate } from '../domain/time';

/** A window without a day. */
export const NO_DAYS: DayWindow = { first: '9999-12-31', last: '0001-01-01', lateDays: 0, countedFrom: '0001-01-01' };

/** The days of a window one by one, for what cannot be reckoned by days or months. */
export function daysOf({ first, last, lateDays, countedFrom }: DayWindow): WindowDay[] {
	return Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, index) => {
		const dueOn = plusDays(first, index);
		return { dueOn, expiresOn: plusDays(dueOn < countedFrom ? countedFrom : dueOn, lateDays) };
	});
}

/** Facts that are due so many days later on a day of the window. */
export function afterDays(window: DayWindow, days: number): DueDays {
	const { first, last } = window;
	const spans = first <= last ? [{ from: plusDays(first, -days), to: plusDays(last, -days), plus: days }] : [];
	return { window, unit: 'days', spans };
}

/** Facts that are due so many months later on a day of the window, with the group that each number of months is for. */
export function afterMonths(window: DayWindow, waits: ReadonlyArray<{ months: number; group?: number }>): DueDays {
	const { first, last } = window;
	const spans = first <= last ? waits.map(({ months, group }) => ({ ...monthsBefore(first, last, months), group })) : [];
	return { window, unit: 'months', spans };
}

/** The days for which `plusMonths` by so many months falls from `first` to `last`: the end of a short month gathers up to four of them. */
function monthsBefore(first: LocalDate, last: LocalDate, months: number): FactSpan {
	const [start, end] = [plusMonths(first, -months), plusMonths(last, -months)];
	return {
		from: plusMonths(start, months) < first ? plusDays(start, 1) : start,
		to: last === endOfMonth(last) ? endOfMonth(end) : end,
		plus: months,
	};
}
