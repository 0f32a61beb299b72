import { sql } from 'kysely';
import { localDate } from '../domain/time';
import { visitRhythm } from '../domain/visitRhythm';
import type { Store } from './open';
import { idSet, rowSet } from './sets';

/** Customers whose visits are read at once. */
const BATCH = 5000;

/**
 * Reckons anew when these customers were in the shop last and how often they come, in two statements. Whatever changes their exams,
 * equipment or appointments calls it in the same transaction: the search for who is due trusts it.
 */
export async function refreshVisitRhythms({ db, shop }: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[]): Promise<void> {
	if (customerIds.length === 0) return;
	const ids = idSet(customerIds);
	const { rows } = await sql<{ customer_id: number; day: string | null; moment: string | null }>`
		select customer_id, taken_on as day, null as moment from exams where customer_id in ${ids}
		union all select customer_id, ordered_on, null from equipment where customer_id in ${ids} and ordered_on is not null
		union all select customer_id, delivered_on, null from equipment where customer_id in ${ids} and delivered_on is not null
		union all select customer_id, null, starts_at from appointments where customer_id in ${ids} and status = 'kept'`.execute(db);
	const visits = Map.groupBy(rows, (row) => row.customer_id);
	const rhythms = [...visits].flatMap(([customer_id, seen]) => {
		const rhythm = visitRhythm(seen.map(({ day, moment }) => day ?? localDate(moment as string, shop.timeZone)));
		return rhythm ? [{ customer_id, last_visit_on: rhythm.lastVisitOn, rhythm_months: rhythm.months }] : [];
	});
	if (rhythms.length > 0) {
		await sql`
			insert into visit_rhythms (customer_id, shop_id, last_visit_on, rhythm_months)
			select customer_id, ${shop.id}, last_visit_on, rhythm_months
			from ${rowSet(rhythms, { customer_id: 'integer', last_visit_on: 'text', rhythm_months: 'integer' })} as fresh where true
			on conflict (customer_id) do update set last_visit_on = excluded.last_visit_on, rhythm_months = excluded.rhythm_months
				where visit_rhythms.last_visit_on <> excluded.last_visit_on or visit_rhythms.rhythm_months <> excluded.rhythm_months`.execute(db);
	}
	const gone = customerIds.filter((id) => !visits.has(id));
	if (gone.length > 0) await sql`delete from visit_rhythms where customer_id in ${idSet(gone)}`.execute(db);
}

/** Reckons the rhythms that are missing: those of a store that an older package wrote. */
export async function fillVisitRhythms(store: Pick<Store, 'db' | 'shop'>): Promise<void> {
	const { rows } = await sql<{ id: number }>`
		select id from customers where shop_id = ${store.shop.id} and not exists (select 1 from visit_rhythms where customer_id = customers.id)
			and (exists (select 1 from exams where customer_id = customers.id) or exists (select 1 from equipment where customer_id = customers.id)
				or exists (select 1 from appointments where customer_id = customers.id and status = 'kept'))
		order by id`.execute(store.db);
	for (let from = 0; from < rows.length; from += BATCH) await refreshVisitRhythms(store, rows.slice(from, from + BATCH).map(({ id }) => id));
}
