import { sql, type RawBuilder } from 'kysely';
import type { LensType } from '../../domain/records';
import type { Month, MonthFigures } from '../../domain/reportFigures';
import { endOfMonth } from '../../domain/time';
import { SAME_VISIT_DAYS } from '../../domain/visitRhythm';
import { bothWays, greatestOf, leastOf } from '../dialect';
import type { Store } from '../open';
import { customerRanges, type IdRange } from './ranges';
import { usefulMonthsOf } from './useful';

type Fragment = RawBuilder<unknown>;
type Count = Exclude<keyof MonthFigures, 'month'>;

/** What is counted, and how the shop draws its lines. */
export interface KpiQuery {
	/** Without a gap, oldest first. */
	months: readonly Month[];
	/** Who was not seen for so many months belongs to the shop no more (SegmentSettings.lapsedMonths). */
	lapsedMonths: number;
	/** For how many months lenses are of use where the sale does not say (SegmentSettings.usefulMonths). */
	usefulMonths: Record<LensType, number>;
}

/** Months are counted from the year 0, so that a difference of theirs is a number of months. */
const monthOf = (day: Fragment) => sql`(cast(substr(${day}, 1, 4) as integer) * 12 + cast(substr(${day}, 6, 2) as integer) - 1)`;
const numberOf = (month: Month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
const daysFrom = (from: Fragment, to: Fragment) => bothWays(sql`(julianday(${to}) - julianday(${from}))`, sql`(cast(${to} as date) - cast(${from} as date))`);
const MATERIALIZED = sql.raw('materialized');

/**
 * What the three figures are made of, by month: one statement for some ten thousand customers. A pair of spectacles is in use from the end of the month
 * in which it was handed over, for as many months as it is of use, or until the one in which it was brought back.
 */
export async function monthFigures(store: Pick<Store, 'db' | 'shop'>, query: KpiQuery): Promise<MonthFigures[]> {
	const first = numberOf(query.months[0]);
	const figures = query.months.map((month): MonthFigures => ({ month, known: 0, visits: 0, baskets: 0, basketCents: 0, pairs: 0, wearers: 0 }));
	for (const range of await customerRanges(store)) {
		const { rows } = await sql<{ what: Count; month: number; change: number }>`${rangeSql(store.shop.id, range, query)}`.execute(store.db);
		for (const { what, month, change } of rows) figures[month - first][what] += Number(change);
	}
	// What is there at the end of a month was there before, or has come: the database names only what changes.
	for (const [index, figure] of figures.entries()) {
		const before = figures[index - 1];
		if (before) for (const what of ['known', 'visits', 'pairs', 'wearers'] as const) figure[what] += before[what];
	}
	return figures;
}

function rangeSql(shopId: number, { from, to }: IdRange, { months, lapsedMonths, usefulMonths }: KpiQuery): Fragment {
	const [first, last] = [sql.lit(numberOf(months[0])), sql.lit(numberOf(months[months.length - 1]))];
	const lastDay = endOfMonth(`${months[months.length - 1]}-01`);
	const mine = sql`${bothWays(sql`+`, sql``)}shop_id = ${shopId} and customer_id between ${from} and ${to}`;
	const useful = usefulMonthsOf('equipment', usefulMonths);
	const lapsed = sql.lit(lapsedMonths);
	/** Two rows for a stretch of months: where it begins within those that are asked for, and where it ends. */
	const changes = (what: Count, name: string, begins: Fragment, ends: Fragment) => sql`
		select ${sql.lit(what)} as what, ${greatestOf(first, begins)} as month, count(*) as change from ${sql.table(name)} where ${begins} <= ${last} and ${ends} > ${first} and ${ends} > ${begins} group by 2
		union all select ${sql.lit(what)}, ${ends}, -count(*) from ${sql.table(name)} where ${ends} between ${first} + 1 and ${last} and ${ends} > ${begins} group by 2`;
	return sql`
		with days as ${MATERIALIZED} (
			select customer_id, ordered_on as day from equipment where ${mine} and ordered_on <= ${lastDay}
			union select customer_id, delivered_on from equipment where ${mine} and delivered_on <= ${lastDay}
			union select customer_id, taken_on from exams where ${mine} and taken_on <= ${lastDay}
			union select customer_id, substr(starts_at, 1, 10) from appointments where ${mine} and status = 'kept' and substr(starts_at, 1, 10) <= ${lastDay}),
		visits as ${MATERIALIZED} (
			select customer_id, ${monthOf(sql`day`)} as month from (select customer_id, day, lag(day) over (partition by customer_id order by day) as before from days) as placed
			where before is null or ${daysFrom(sql`before`, sql`day`)} > ${sql.lit(SAME_VISIT_DAYS)}),
		stays as (
			select customer_id, month, sum(begins) over (partition by customer_id order by month rows unbounded preceding) as stay from (
				select customer_id, month, case when month - lag(month) over (partition by customer_id order by month) <= ${lapsed} then 0 else 1 end as begins from visits) as placed),
		base as ${MATERIALIZED} (select customer_id, min(month) + 12 as begins, max(month) + 12 + ${lapsed} as ends from stays group by customer_id, stay),
		returns as ${MATERIALIZED} (
			select ${greatestOf(sql`base.begins`, sql`visits.month`)} as begins, ${leastOf(sql`base.ends`, sql`visits.month + 12`)} as ends from visits join base on base.customer_id = visits.customer_id),
		baskets as (
			select ${monthOf(sql`coalesce(ordered_on, delivered_on)`)} as month, customer_id, count(distinct coalesce(ordered_on, delivered_on)) as baskets, sum(amount_cents) as cents from equipment
			where ${mine} and returned_on is null and amount_cents is not null and coalesce(ordered_on, delivered_on) between ${`${months[0]}-01`} and ${lastDay} group by 1, 2),
		pairs as ${MATERIALIZED} (
			select customer_id, ${monthOf(sql`delivered_on`)} as begins, ${leastOf(sql`${monthOf(sql`delivered_on`)} + ${useful}`, sql`coalesce(${monthOf(sql`returned_on`)}, 99999)`)} as ends
			from equipment where ${mine} and kind = 'spectacles' and delivered_on <= ${lastDay}),
		wearing as (
			select customer_id, begins, ends, sum(starts) over (partition by customer_id order by begins, ends rows unbounded preceding) as stretch from (
				select customer_id, begins, ends, case when begins <= max(ends) over (partition by customer_id order by begins, ends rows between unbounded preceding and 1 preceding) then 0 else 1 end as starts
				from pairs where ends > begins) as placed),
		worn as ${MATERIALIZED} (select min(begins) as begins, max(ends) as ends from wearing group by customer_id, stretch)
		${changes('known', 'base', sql`begins`, sql`ends`)}
		union all ${changes('visits', 'returns', sql`begins`, sql`ends`)}
		union all ${changes('pairs', 'pairs', sql`begins`, sql`ends`)}
		union all ${changes('wearers', 'worn', sql`begins`, sql`ends`)}
		union all select 'baskets', month, sum(baskets) from baskets group by month
		union all select 'basketCents', month, sum(cents) from baskets group by month`;
}
