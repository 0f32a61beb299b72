import { sql, type RawBuilder } from 'kysely';
import type { LensType } from '../../domain/records';
import type { Month, MonthFigures } from '../../domain/reportFigures';
import { endOfMonth, plusDays } from '../../domain/time';
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
const monthNamed = (number: number): Month => `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
const daysFrom = (from: Fragment, to: Fragment) => bothWays(sql`(julianday(${to}) - julianday(${from}))`, sql`(cast(${to} as date) - cast(${from} as date))`);
const MATERIALIZED = sql.raw('materialized');

/**
 * What the three figures are made of, by month: one statement for some thousand customers. A pair of spectacles is in use from the end of the month
 * in which it was handed over, for as many months as it is of use, or until the one in which it was brought back.
 */
export async function monthFigures(store: Pick<Store, 'db' | 'shop'>, query: KpiQuery): Promise<MonthFigures[]> {
	const first = numberOf(query.months[0]);
	const figures = query.months.map((month): MonthFigures => ({ month, known: 0, visits: 0, baskets: 0, basketCents: 0, pairs: 0, wearers: 0 }));
	for await (const range of customerRanges(store)) {
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
	const [first, last] = [numberOf(months[0]), numberOf(months[months.length - 1])];
	const lastDay = endOfMonth(`${months[months.length - 1]}-01`);
	// What lies before says nothing of these months; whether a day begins a visit is told by the days just before it.
	const seenFrom = first - 12 - lapsedMonths;
	const firstDay = plusDays(`${monthNamed(seenFrom)}-01`, -SAME_VISIT_DAYS);
	const mine = sql`${bothWays(sql`+`, sql``)}shop_id = ${shopId} and customer_id between ${from} and ${to}`;
	const known = (day: Fragment) => sql`${mine} and ${day} between ${firstDay} and ${lastDay}`;
	const lapsed = sql.lit(lapsedMonths);
	const event = (what: Count, month: Fragment, change: number, of: string, where: Fragment) => sql`select ${sql.lit(what)} as what, ${month} as month, ${sql.lit(change)} as change from ${sql.table(of)} where ${where}`;
	/** Somebody is there from the month in which it begins until that in which it ends. */
	const stretch = (what: Count, of: string) => sql`${event(what, sql`begins`, 1, of, sql`ends > begins`)} union all ${event(what, sql`ends`, -1, of, sql`ends > begins`)}`;
	return sql`
		with days as ${MATERIALIZED} (
			select customer_id, ordered_on as day from equipment where ${known(sql`ordered_on`)}
			union select customer_id, delivered_on from equipment where ${known(sql`delivered_on`)}
			union select customer_id, taken_on from exams where ${known(sql`taken_on`)}
			union select customer_id, substr(starts_at, 1, 10) from appointments where status = 'kept' and ${known(sql`substr(starts_at, 1, 10)`)}),
		visits as (
			select customer_id, ${monthOf(sql`day`)} as month from (select customer_id, day, lag(day) over (partition by customer_id order by day) as before from days) as placed
			where (before is null or ${daysFrom(sql`before`, sql`day`)} > ${sql.lit(SAME_VISIT_DAYS)}) and day >= ${`${monthNamed(seenFrom)}-01`}),
		placed as (
			select customer_id, month, lag(month) over (partition by customer_id order by month) as before, lead(month) over (partition by customer_id order by month) as after from visits),
		-- Who is seen again before having lapsed stays. Of the visit before: when its stay began, and when somebody who had lapsed by then was seen last.
		stays as ${MATERIALIZED} (
			select month, before, after, max(case when month - before <= ${lapsed} then null else month end) over earlier as since, max(case when month - before > ${lapsed} then before end) over earlier as former
			from placed window earlier as (partition by customer_id order by month rows between unbounded preceding and 1 preceding)),
		returns as ${MATERIALIZED} (
			select ${greatestOf(sql`month`, sql`since + 12`)} as begins, ${leastOf(sql`month + 12`, sql`before + 12 + ${lapsed}`)} as ends from stays where before is not null
			union all select month, ${leastOf(sql`month + 12`, sql`former + 12 + ${lapsed}`)} from stays where former is not null),
		baskets as (
			select ${monthOf(sql`coalesce(ordered_on, delivered_on)`)} as month, customer_id, count(distinct coalesce(ordered_on, delivered_on)) as baskets, sum(amount_cents) as cents from equipment
			where ${mine} and returned_on is null and amount_cents is not null and coalesce(ordered_on, delivered_on) between ${`${months[0]}-01`} and ${lastDay} group by 1, 2),
		pairs as ${MATERIALIZED} (
			select customer_id, ${monthOf(sql`delivered_on`)} as begins, ${leastOf(sql`${monthOf(sql`delivered_on`)} + ${usefulMonthsOf('equipment', usefulMonths)}`, sql`coalesce(${monthOf(sql`returned_on`)}, 99999)`)} as ends
			from equipment where ${mine} and kind = 'spectacles' and delivered_on <= ${lastDay}),
		wearing as (
			select customer_id, begins, ends, sum(starts) over (partition by customer_id order by begins, ends rows unbounded preceding) as stretch from (
				select customer_id, begins, ends, case when begins <= max(ends) over (partition by customer_id order by begins, ends rows between unbounded preceding and 1 preceding) then 0 else 1 end as starts
				from pairs where ends > begins and ends > ${sql.lit(first)}) as ordered),
		worn as ${MATERIALIZED} (select min(begins) as begins, max(ends) as ends from wearing group by customer_id, stretch)
		select what, ${greatestOf(sql.lit(first), sql`month`)} as month, sum(change) as change from (
			${event('known', sql`month + 12`, 1, 'stays', sql`before is null or month - before > ${lapsed}`)}
			union all ${event('known', sql`month + 12 + ${lapsed}`, -1, 'stays', sql`after is null or after - month > ${lapsed}`)}
			union all ${stretch('visits', 'returns')} union all ${stretch('pairs', 'pairs')} union all ${stretch('wearers', 'worn')}) as events
		where month <= ${sql.lit(last)} group by 1, 2
		union all select 'baskets', month, sum(baskets) from baskets group by month
		union all select 'basketCents', month, sum(cents) from baskets group by month`;
}
