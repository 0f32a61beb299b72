import type { DueDays, FactSpan, WindowDay } from '../domain/dueSearch';
import { endOfMonth, plusDays, plusMonths, type LocalDate } from '../domain/time';

/** Facts that are due so many days later on a day of the window. */
export function afterDays(window: WindowDay[], days: number): DueDays {
	const [first, last] = [window.at(0)?.dueOn, window.at(-1)?.dueOn];
	const spans = first && last ? [{ from: plusDays(first, -days), to: plusDays(last, -days), plus: days }] : [];
	return { window, unit: 'days', spans };
}

/** Facts that are due so many months later on a day of the window, with the group that each number of months is for. */
export function afterMonths(window: WindowDay[], waits: ReadonlyArray<{ months: number; group?: number }>): DueDays {
	const [first, last] = [window.at(0)?.dueOn, window.at(-1)?.dueOn];
	const spans = first && last ? waits.map(({ months, group }) => ({ ...monthsBefore(first, last, months), group })) : [];
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
