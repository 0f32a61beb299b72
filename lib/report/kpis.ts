import type { Compared, MonthlyKpis } from '../domain/report';
import type { Month, MonthFigures } from '../domain/reportFigures';
import { endOfMonth, plusMonths, type LocalDate } from '../domain/time';

/** The months that the figures are needed of: those that are shown and those of the year before, oldest first. Months end before today, or with it. */
export function monthsOfKpis(today: LocalDate, shown: number): Month[] {
	if (!Number.isInteger(shown) || shown < 1) throw new RangeError(`Not a number of months: ${shown}`);
	const last = today === endOfMonth(today) ? 0 : 1;
	return Array.from({ length: shown + 12 }, (_, index) => plusMonths(today, index - shown - 11 - last).slice(0, 7));
}

/**
 * The three figures of the shop by month, oldest first.
 * @param figures of the months that `monthsOfKpis` names, in that order
 */
export function kpisByMonth(figures: readonly MonthFigures[]): MonthlyKpis[] {
	return figures.slice(12).map((now, index) => ({
		month: now.month,
		returnFrequency: compared(now, figures[index], 'visits', 'known'),
		averageBasket: compared(now, figures[index], 'basketCents', 'baskets'),
		concurrentEquipments: compared(now, figures[index], 'pairs', 'wearers'),
	}));
}

type Count = Exclude<keyof MonthFigures, 'month'>;

function compared(now: MonthFigures, before: MonthFigures, what: Count, of: Count): Compared {
	const ratio = (figures: MonthFigures) => figures[what] / figures[of];
	return { ...(now[of] > 0 && { value: ratio(now) }), ...(before[of] > 0 && { yearBefore: ratio(before) }) };
}
