import { sql, type RawBuilder } from 'kysely';
import type { DuePlan } from '../../domain/dueSearch';
import { plusMinutes, type Instant } from '../../domain/time';
import type { Store } from '../open';
import { CUSTOMER_COLUMNS, readClaimed, toClaimed, type ClaimedOccasion, type CustomerOccasionRow } from './claimed';
import { dueSet, isSome } from './dueSet';
import { takeBack } from './takeBack';

/** How occasions are handed to a workflow. */
export interface ClaimSettings {
	/** At most this many at once; the rest comes with the next call. */
	limit: number;
	/** How long the workflow may take before an occasion that it did not settle is handed out again. */
	leaseMinutes: number;
}

/**
 * Claims what is due by the plan and nobody has claimed yet, what waited for its turn, what was leased and not settled in time, and what expired
 * unapproved while its window is still open; those whose window ends first before the others. What gives way to something more important is
 * entered as waiting. Reading and leasing are one transaction: two processes that call at once never get the same one.
 */
export async function claimDue(store: Store, plan: DuePlan, settings: ClaimSettings, now: Instant): Promise<ClaimedOccasion[]> {
	const leasedUntil = plusMinutes(now, settings.leaseMinutes);
	const { today } = plan;
	const kinds = [...new Set([...plan.searches, ...plan.followUps].map(({ kind }) => kind))];
	if (kinds.length === 0) return [];
	const leased = (value: RawBuilder<unknown>, otherwise: RawBuilder<unknown>) => sql`case when waits = 0 then ${value} else ${otherwise} end`;
	return await store.db.transaction().execute(async (transaction) => {
		const again = await takeBack(transaction, store.shop.id, { kinds, today, leasedUntil, limit: settings.limit }, now);
		const fresh = hasDays(plan) ? await sql<{ id: number; state: string }>`
			with ${dueSet(store.shop.id, plan, now)}
			insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, since, cause, state, claims, leased_until, acted_on, created_at)
			select ${store.shop.id}, customer_id, kind, due_on, stage, expires_on, since, cause, ${leased(sql`'leased'`, sql`'waiting'`)},
				${leased(sql`1`, sql`0`)}, ${leased(sql`cast(${leasedUntil} as text)`, sql`null`)}, ${leased(sql`cast(${today} as text)`, sql`null`)}, ${now}
			from chosen where true
			order by waits, due_on, customer_id limit ${settings.limit - again.length}
			on conflict (customer_id, kind, due_on, stage) do update set state = 'leased', claims = 1, leased_until = excluded.leased_until,
				acted_on = excluded.acted_on, expires_on = excluded.expires_on
				where occasions.state = 'waiting' and excluded.state = 'leased'
			returning id, state`.execute(transaction) : { rows: [] };
		const ids = fresh.rows.filter(({ state }) => state === 'leased').map(({ id }) => id);
		return await readClaimed(transaction, store.shop, [...again, ...ids]);
	});
}

/** What `claimDue` would claim for the first time, without claiming anything. */
export async function previewDue({ db, shop }: Store, plan: DuePlan, limit: number, now: Instant): Promise<ClaimedOccasion[]> {
	if (!hasDays(plan)) return [];
	const { rows } = await sql<CustomerOccasionRow>`
		with ${dueSet(shop.id, plan, now)}
		select null as occasion_id, chosen.kind, chosen.due_on, chosen.stage, chosen.expires_on, chosen.since, chosen.cause, ${CUSTOMER_COLUMNS}
		from chosen cross join customers as customer on customer.id = chosen.customer_id
		where chosen.waits = 0 order by chosen.due_on, chosen.customer_id, chosen.kind limit ${limit}`.execute(db);
	return rows.map((row) => toClaimed(row, shop));
}

/** How many customers the plan finds, by kind; those who would wait are counted too. */
export async function countDue({ db, shop }: Pick<Store, 'db' | 'shop'>, plan: DuePlan, now: Instant): Promise<Map<string, number>> {
	if (!hasDays(plan)) return new Map();
	const { rows } = await sql<{ kind: string; customers: number }>`
		with ${dueSet(shop.id, plan, now)} select kind, count(distinct customer_id) as customers from chosen group by kind`.execute(db);
	return new Map(rows.map(({ kind, customers }) => [kind, customers]));
}

function hasDays({ searches, followUps }: DuePlan): boolean {
	return [...searches, ...followUps].some(({ when, waits }) => isSome(when) || waits);
}
