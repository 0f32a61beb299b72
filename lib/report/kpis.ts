import type { Equipment, LensType } from '../domain/records';
import { daysBetween, endOfMonth, plusMonths, type LocalDate } from '../domain/time';
import { SAME_VISIT_DAYS } from '../domain/visitRhythm';

/** Somebody was in the shop on this local day: bought, was examined or kept an appointment. */
export interface Visit {
	customerId: number;
	day: LocalDate;
}

/** What was sold, as far as the figures look at it. */
export type Sale = Pick<Equipment, 'customerId' | 'kind' | 'lensType' | 'amountCents' | 'orderedOn' | 'deliveredOn' | 'returnedOn' | 'usefulMonths'>;

export interface KpiRows {
	/** Of the last five years at least (a year, the base of three before it, and the same a year earlier); what is older does no harm. */
	visits: readonly Visit[];
	sales: readonly Sale[];
	/** The shop's today. Months end before it. */
	today: LocalDate;
	/** How many months, counted back from the last whole one. */
	months: number;
	/** Who was not seen for so many months belongs to the shop no more (SegmentSettings.lapsedMonths). */
	lapsedMonths: number;
	/** For how many months lenses are of use where the sale does not say (SegmentSettings.usefulMonths). */
	usefulMonths: Record<LensType, number>;
}

/** A figure of one month beside that of the same month a year before; each is absent where there is nothing to reckon it from. */
export interface Compared {
	value?: number;
	yearBefore?: number;
}

export interface MonthlyKpis {
	/** `YYYY-MM` of the shop's calendar. */
	month: string;
	/** How often somebody who belonged to the shop a year ago came back in the year that ends with this month: visits per head. */
	returnFrequency: Compared;
	/** Cents for each purchase of the month: what one customer ordered on one day is one basket. Sales without an amount and those returned do not count. */
	averageBasket: Compared;
	/** Spectacles in use at the end of the month, for each customer who has any. */
	concurrentEquipments: Compared;
}

/** The three figures of the shop by month, oldest first. */
export function kpisByMonth(rows: KpiRows): MonthlyKpis[] {
	const { today, months } = rows;
	if (!Number.isInteger(months) || months < 1) throw new RangeError(`Not a number of months: ${months}`);
	const figures = { returnFrequency: returnFrequency(rows), averageBasket: averageBasket(rows.sales), concurrentEquipments: concurrentEquipments(rows) };
	const compared = (figure: (monthEnd: LocalDate) => number | undefined, end: LocalDate): Compared => ({ value: figure(end), yearBefore: figure(monthEndBefore(end, 12)) });
	const last = today === endOfMonth(today) ? 0 : 1;
	return Array.from({ length: months }, (_, index) => monthEndBefore(today, months - 1 - index + last)).map((end) => ({
		month: end.slice(0, 7),
		returnFrequency: compared(figures.returnFrequency, end),
		averageBasket: compared(figures.averageBasket, end),
		concurrentEquipments: compared(figures.concurrentEquipments, end),
	}));
}

function monthEndBefore(day: LocalDate, months: number): LocalDate {
	return endOfMonth(plusMonths(day, -months));
}

/** Newcomers do not count in the year in which they came: a shop that wins many would seem to lose its own. */
function returnFrequency({ visits, lapsedMonths }: KpiRows) {
	const visitsOf = [...Map.groupBy(visits, ({ customerId }) => customerId).values()].map((ofOne) => firstDays(ofOne.map(({ day }) => day)));
	return (end: LocalDate): number | undefined => {
		const start = monthEndBefore(end, 12);
		const activeSince = monthEndBefore(start, lapsedMonths);
		const base = visitsOf.filter((days) => days.some((day) => day > activeSince && day <= start));
		const returns = base.reduce((sum, days) => sum + days.filter((day) => day > start && day <= end).length, 0);
		return base.length ? returns / base.length : undefined;
	};
}

/** The first day of each visit, in order: an order and its collection are one (as in a customer's rhythm). */
function firstDays(days: readonly LocalDate[]): LocalDate[] {
	const sorted = [...new Set(days)].sort();
	return sorted.filter((day, index) => index === 0 || daysBetween(sorted[index - 1], day) > SAME_VISIT_DAYS);
}

function averageBasket(sales: readonly Sale[]) {
	const months = new Map<string, { sum: number; baskets: Set<string> }>();
	for (const { customerId, amountCents, orderedOn, deliveredOn, returnedOn } of sales) {
		const day = orderedOn ?? deliveredOn;
		if (day === undefined || returnedOn !== undefined || amountCents === undefined) continue;
		let month = months.get(day.slice(0, 7));
		if (!month) months.set(day.slice(0, 7), (month = { sum: 0, baskets: new Set() }));
		month.sum += amountCents;
		month.baskets.add(`${customerId} ${day}`);
	}
	return (end: LocalDate): number | undefined => {
		const month = months.get(end.slice(0, 7));
		return month && month.sum / month.baskets.size;
	};
}

/** In use as the segments say it: delivered, and within the months that the sale says, else those of its kind of lenses. What was returned was in use until then. */
function concurrentEquipments({ sales, usefulMonths }: KpiRows) {
	const pairs = sales.flatMap(({ kind, customerId, deliveredOn, returnedOn, lensType, usefulMonths: ofItself }) =>
		kind === 'spectacles' && deliveredOn !== undefined ? [{ customerId, deliveredOn, returnedOn, months: ofItself ?? usefulMonths[lensType ?? 'single-vision'] }] : []);
	const usefulLives = [...new Set(pairs.map(({ months }) => months))];
	return (end: LocalDate): number | undefined => {
		const usedUpSince = new Map(usefulLives.map((months) => [months, plusMonths(end, -months)]));
		const inUse = pairs.filter(({ deliveredOn, returnedOn, months }) => deliveredOn <= end && deliveredOn > (usedUpSince.get(months) as LocalDate) && (returnedOn === undefined || returnedOn > end));
		return inUse.length ? inUse.length / new Set(inUse.map(({ customerId }) => customerId)).size : undefined;
	};
}
