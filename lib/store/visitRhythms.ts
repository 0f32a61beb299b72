import { sql } from 'kysely';
import { localDate } from '../domain/time';
import { visitRhythm } from '../domain/visitRhythm';
import type { Store } from './open';
import { columnList, idSet, rowSet } from './sets';

/** Customers whose visits are read at once. */
const BATCH = 5000;

/** A day on which somebody was in the shop, and what it was if the rules ask for the last of its like. */
interface Visit {
	customer_id: number;
	day: string | null;
	/** Of an appointment, in place of the day. */
	moment: string | null;
	what: 'spectacles' | 'exam' | null;
	next_due_on: string | null;
}

const COLUMNS = { customer_id: 'integer', last_visit_on: 'text', rhythm_months: 'integer', spectacles_on: 'text', exam_on: 'text', next_exam_on: 'text' } as const;
const KEPT = Object.keys(COLUMNS).slice(1);
const CHANGED = sql.raw(KEPT.map((column) => `${column} = excluded.${column}`).join(', '));
const DIFFERS = sql.raw(KEPT.map((column) => `visit_rhythms.${column} is distinct from excluded.${column}`).join(' or '));

/**
 * Reckons anew when these customers were in the shop last, how often they come, and what was delivered and measured last, in two statements. Whatever
 * changes their exams, equipment or appointments calls it in the same transaction: the search for who is due trusts it.
 */
export async function refreshVisitRhythms({ db, shop }: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[]): Promise<void> {
	if (customerIds.length === 0) return;
	const ids = idSet(customerIds);
	const { rows } = await sql<Visit>`
		select customer_id, taken_on as day, cast(null as text) as moment, case when kind <> 'other' then 'exam' end as what, next_due_on from exams where customer_id in ${ids}
		union all select customer_id, ordered_on, null, null, null from equipment where customer_id in ${ids} and ordered_on is not null
		union all select customer_id, delivered_on, null, case when kind = 'spectacles' and returned_on is null then 'spectacles' end, null from equipment
			where customer_id in ${ids} and delivered_on is not null
		union all select customer_id, null, starts_at, null, null from appointments where customer_id in ${ids} and status = 'kept'`.execute(db);
	const visits = Map.groupBy(rows, (row) => row.customer_id);
	const rhythms = [...visits].flatMap(([customer_id, seen]) => {
		const rhythm = visitRhythm(seen.map(({ day, moment }) => day ?? localDate(moment as string, shop.timeZone)));
		return rhythm ? [{ customer_id, last_visit_on: rhythm.lastVisitOn, rhythm_months: rhythm.months, ...lastFacts(seen) }] : [];
	});
	if (rhythms.length > 0) {
		await sql`
			insert into visit_rhythms (shop_id, ${columnList(COLUMNS)}) select ${shop.id}, ${columnList(COLUMNS)}
			from ${rowSet(rhythms, COLUMNS)} as fresh where true
			on conflict (customer_id) do update set ${CHANGED} where ${DIFFERS}`.execute(db);
	}
	const gone = customerIds.filter((id) => !visits.has(id));
	if (gone.length > 0) await sql`delete from visit_rhythms where customer_id in ${idSet(gone)}`.execute(db);
}

function lastFacts(seen: readonly Visit[]) {
	const last = (what: Visit['what']) => seen.reduce<string | null>((latest, visit) => (visit.what === what && visit.day && visit.day > (latest ?? '') ? visit.day : latest), null);
	const exam_on = last('exam');
	const [next_exam_on = null] = seen.flatMap(({ what, day, next_due_on }) => (what === 'exam' && day === exam_on ? next_due_on ?? [] : [])).sort();
	return { spectacles_on: last('spectacles'), exam_on, next_exam_on };
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
