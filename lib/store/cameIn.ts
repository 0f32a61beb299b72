import { sql, type RawBuilder } from 'kysely';

type Fragment = RawBuilder<unknown>;

/** The day on which something was bought; what is only collected later was bought before. Of `equipment`. */
export const BOUGHT_ON = sql`coalesce(sold.ordered_on, sold.delivered_on)`;

/**
 * Whether a customer came in: bought (and be it brought back later), was examined or kept an appointment. The day of an appointment is that of UTC, which is
 * the shop's: it is open at no other time.
 * @param within a condition on the day of the visit
 */
export function cameIn(customer: Fragment, within: (day: Fragment) => Fragment): Fragment {
	return sql`(exists (select 1 from equipment as sold where sold.customer_id = ${customer} and ${within(BOUGHT_ON)})
		or exists (select 1 from exams as exam where exam.customer_id = ${customer} and ${within(sql`exam.taken_on`)})
		or exists (select 1 from appointments as visit where visit.customer_id = ${customer} and visit.status = 'kept' and ${within(sql`substr(visit.starts_at, 1, 10)`)}))`;
}
