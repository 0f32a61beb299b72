import { sql } from 'kysely';
import type { DuePlan } from '../../domain/dueSearch';
import { plusMinutes, type Instant, type LocalDate } from '../../domain/time';
import { takeTurns } from '../../domain/turns';
import type { Database, Store } from '../open';
import { rowSet } from '../sets';
import { readClaimed, toClaimed, type ClaimedOccasion } from './claimed';
import { dueQuery, isSome, type DueRow } from './dueQuery';
import { takeBack } from './takeBack';

/** How occasions are handed to a workflow. */
export interface ClaimSettings {
	/** At most this many at once; the rest comes with the next call. */
	limit: number;
	/** How long the workflow may take before an occasion that it did not settle is handed out again. */
	leaseMinutes: number;
	/** Nothing has to be taken back, as `openWork` has seen just before. */
	nothingBack?: boolean;
}

const COLUMNS = {
	customer_id: 'integer', kind: 'text', due_on: 'text', stage: 'integer', expires_on: 'text', since: 'text', cause: 'text', claims: 'integer',
} as const;

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
	return await store.db.transaction().execute(async (transaction) => {
		const again = settings.nothingBack ? [] : await takeBack(transaction, store.shop.id, { kinds, today, leasedUntil, limit: settings.limit }, now);
		const retaken = await readClaimed(transaction, store.shop, again);
		const { go, wait } = await turnsOf(transaction, store.shop.id, plan, now);
		const rows = [...go.slice(0, settings.limit - again.length), ...wait.filter(({ waited }) => waited === 0)];
		return [...retaken, ...(await enter({ ...store, db: transaction }, rows, new Set(go), { today, leasedUntil }, now))];
	});
}

/** Who is due, parted by whose turn it is. */
async function turnsOf(db: Database, shopId: number, plan: DuePlan, now: Instant): Promise<{ go: DueRow[]; wait: DueRow[] }> {
	if (!hasDays(plan)) return { go: [], wait: [] };
	const { rows } = await dueQuery(shopId, plan, now).execute(db);
	return takeTurns(rows);
}

/** Enters occasions, or takes those that waited out of their waiting; where another process was quicker, its entry stays. Returns what is leased. */
async function enter({ db, shop }: Store, due: readonly DueRow[], go: ReadonlySet<DueRow>, { today, leasedUntil }: { today: LocalDate; leasedUntil: Instant }, now: Instant): Promise<ClaimedOccasion[]> {
	if (due.length === 0) return [];
	const rows = due.map((row) => ({
		customer_id: row.customer_id, kind: row.kind, due_on: row.due_on, stage: row.stage, expires_on: row.expires_on, since: row.since, cause: row.cause,
		claims: go.has(row) ? 1 : 0,
	}));
	const leased = (value: string) => sql`case when claims = 1 then cast(${value} as text) end`;
	const entered = await sql<Pick<DueRow, 'customer_id' | 'kind' | 'stage'> & { id: number }>`
		insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, since, cause, claims, state, leased_until, acted_on, created_at)
		select ${shop.id}, customer_id, kind, due_on, stage, expires_on, since, cause, claims, case when claims = 1 then 'leased' else 'waiting' end,
			${leased(leasedUntil)}, ${leased(today)}, ${now}
		from ${rowSet(rows, COLUMNS)} as entered where true
		on conflict (customer_id, kind, due_on, stage) do update set state = 'leased', claims = 1, leased_until = excluded.leased_until,
			acted_on = excluded.acted_on, expires_on = excluded.expires_on
			where occasions.state = 'waiting' and excluded.state = 'leased'
		returning id, customer_id, kind, stage`.execute(db);
	const ofPerson = Map.groupBy(entered.rows, (row) => row.customer_id);
	return due.flatMap((row) => {
		// A person has one of each kind and stage.
		const occasion_id = ofPerson.get(row.customer_id)?.find(({ kind, stage }) => kind === row.kind && stage === row.stage)?.id;
		return occasion_id === undefined || !go.has(row) ? [] : [toClaimed({ ...row, occasion_id }, shop)];
	});
}

/** What `claimDue` would claim for the first time, without claiming anything. */
export async function previewDue({ db, shop }: Store, plan: DuePlan, limit: number, now: Instant): Promise<ClaimedOccasion[]> {
	const { go } = await turnsOf(db, shop.id, plan, now);
	return go.slice(0, limit).map((row) => toClaimed(row, shop));
}

/** How many customers the plan finds, by kind; those who would wait are counted too. */
export async function countDue({ db, shop }: Pick<Store, 'db' | 'shop'>, plan: DuePlan, now: Instant): Promise<Map<string, number>> {
	if (!hasDays(plan)) return new Map();
	const { rows } = await sql<{ kind: string; customers: number }>`
		select kind, count(distinct customer_id) as customers from (${dueQuery(shop.id, plan, now)}) as due group by kind`.execute(db);
	return new Map(rows.map(({ kind, customers }) => [kind, customers]));
}

function hasDays({ searches, followUps }: DuePlan): boolean {
	return [...searches, ...followUps].some(({ when, waits }) => isSome(when) || waits);
}
