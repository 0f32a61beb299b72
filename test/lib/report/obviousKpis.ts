import type { Equipment, LensType } from '../../../lib/domain/records';
import { daysBetween, endOfMonth, plusMonths, type LocalDate } from '../../../lib/domain/time';
import type { Compared, MonthlyKpis } from '../../../lib/domain/report';

/** Somebody was in the shop on this local day: bought, was examined or kept an appointment. */
export interface Visit {
	customerId: number;
	day: LocalDate;
}

export type Sale = Pick<Equipment, 'customerId' | 'kind' | 'lensType' | 'amountCents' | 'orderedOn' | 'deliveredOn' | 'returnedOn' | 'usefulMonths'>;

export interface KpiRows {
	visits: readonly Visit[];
	sales: readonly Sale[];
	today: LocalDate;
	months: number;
	lapsedMonths: number;
	usefulMonths: Record<LensType, number>;
}

/** The three figures out of all rows, the slow and obvious way: each month asks every customer. */
export function obviousKpis(rows: KpiRows): MonthlyKpis[] {
	const { today, months } = rows;
	const compared = (figure: (rows: KpiRows, end: LocalDate) => number | undefined, end: LocalDate): Compared => {
		const [value, yearBefore] = [figure(rows, end), figure(rows, monthEndBefore(end, 12))];
		return { ...(value !== undefined && { value }), ...(yearBefore !== undefined && { yearBefore }) };
	};
	const last = today === endOfMonth(today) ? 0 : 1;
	return Array.from({ length: months }, (_, index) => monthEndBefore(today, months - 1 - index + last)).map((end) => ({
		month: end.slice(0, 7), returnFrequency: compared(returnFrequency, end), averageBasket: compared(averageBasket, end), concurrentEquipments: compared(concurrentEquipments, end),
	}));
}

function monthEndBefore(day: LocalDate, months: number): LocalDate {
	return endOfMonth(plusMonths(day, -months));
}

function returnFrequency({ visits, lapsedMonths }: KpiRows, end: LocalDate): number | undefined {
	const start = monthEndBefore(end, 12);
	const activeSince = monthEndBefore(start, lapsedMonths);
	const visitsOf = [...Map.groupBy(visits, ({ customerId }) => customerId).values()].map((ofOne) => firstDays(ofOne.map(({ day }) => day)));
	const base = visitsOf.filter((days) => days.some((day) => day > activeSince && day <= start));
	const returns = base.reduce((sum, days) => sum + days.filter((day) => day > start && day <= end).length, 0);
	return base.length ? returns / base.length : undefined;
}

/** The first day of each visit, in order. */
function firstDays(days: readonly LocalDate[]): LocalDate[] {
	const sorted = [...new Set(days)].sort();
	return sorted.filter((day, index) => index === 0 || daysBetween(sorted[index - 1], day) > 60);
}

function averageBasket({ sales }: KpiRows, end: LocalDate): number | undefined {
	const sold = sales.filter(({ amountCents, orderedOn, deliveredOn, returnedOn }) => amountCents !== undefined && returnedOn === undefined && (orderedOn ?? deliveredOn)?.slice(0, 7) === end.slice(0, 7));
	const baskets = new Set(sold.map(({ customerId, orderedOn, deliveredOn }) => `${customerId} ${orderedOn ?? deliveredOn}`));
	return baskets.size ? sold.reduce((sum, { amountCents }) => sum + (amountCents as number), 0) / baskets.size : undefined;
}

function concurrentEquipments({ sales, usefulMonths }: KpiRows, end: LocalDate): number | undefined {
	const inUse = sales.filter(({ kind, deliveredOn, returnedOn, lensType, usefulMonths: ofItself }) =>
		kind === 'spectacles' && deliveredOn !== undefined && deliveredOn <= end && plusMonths(deliveredOn, ofItself ?? usefulMonths[lensType ?? 'single-vision']) > end && (returnedOn === undefined || returnedOn > end));
	return inUse.length ? inUse.length / new Set(inUse.map(({ customerId }) => customerId)).size : undefined;
}
