import { sql } from 'kysely';
import type { Instant, LocalDate } from '../domain/time';
import type { Database, Store } from './open';
import { rowSet } from './sets';

/** How an occasion ends. `deferred` is open until it comes back; the others are final. `handed-over`: a person of the
 * shop takes care of it outside the Desk. `stopped`: the customer came back, answered or is gone. `review`: it waits on the Desk until a person
 * has said whether the customer may be contacted; see `reviewCases.ts`. */
export type OccasionOutcome = 'message' | 'blocked' | 'held' | 'not-matched' | 'deferred' | 'handed-over' | 'stopped' | 'dropped' | 'review';

/** The key of an occasion, for items that a consultant's own source made. */
export interface OccasionKey {
	customerId: number;
	kind: string;
	dueOn: LocalDate;
	stage: number;
	expiresOn?: LocalDate;
}

type Scope = Pick<Store, 'shop'> & { db: Database };

/**
 * The ids of these occasions, in the order given; those that the ledger does not hold yet are entered as open.
 * An occasion that another shop's customer would own gets no id (`undefined`).
 */
export async function occasionIds(scope: Scope, keys: readonly OccasionKey[], now: Instant): Promise<Array<number | undefined>> {
	const ids = await knownOccasions(scope, keys);
	const missing = keys.filter((_, position) => ids[position] === undefined);
	if (missing.length === 0) return ids;
	await enterOccasions(scope, missing, now);
	return await knownOccasions(scope, keys);
}

async function knownOccasions({ db, shop }: Scope, keys: readonly OccasionKey[]): Promise<Array<number | undefined>> {
	const rows = keys.map(({ customerId, kind, dueOn, stage }, position) => ({ position, customer_id: customerId, kind, due_on: dueOn, stage }));
	const wanted = rowSet(rows, { position: 'integer', customer_id: 'integer', kind: 'text', due_on: 'text', stage: 'integer' });
	const found = await sql<{ position: number; id: number }>`
		select wanted.position, occasion.id from ${wanted} as wanted
		cross join occasions as occasion on occasion.customer_id = wanted.customer_id and occasion.kind = wanted.kind
			and occasion.due_on = wanted.due_on and occasion.stage = wanted.stage and +occasion.shop_id = ${shop.id}`.execute(db);
	const ids: Array<number | undefined> = keys.map(() => undefined);
	for (const { position, id } of found.rows) ids[position] = id;
	return ids;
}

/** Enters occasions of the shop's customers as open; where another execution was quicker, its entry stays. */
async function enterOccasions({ db, shop }: Scope, keys: readonly OccasionKey[], now: Instant): Promise<void> {
	const rows = keys.map(({ customerId, kind, dueOn, stage, expiresOn }) => ({ customer_id: customerId, kind, due_on: dueOn, stage, expires_on: expiresOn ?? null }));
	await sql`
		insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, state, claims, leased_until, created_at)
		select ${shop.id}, wanted.customer_id, wanted.kind, wanted.due_on, wanted.stage, wanted.expires_on, 'leased', 1, ${now}, ${now}
		from ${rowSet(rows, { customer_id: 'integer', kind: 'text', due_on: 'text', stage: 'integer', expires_on: 'text' })} as wanted
		cross join customers on customers.id = wanted.customer_id and +customers.shop_id = ${shop.id} and customers.merged_into is null
		where true
		on conflict (customer_id, kind, due_on, stage) do nothing`.execute(db);
}

/** An occasion and how it ended. */
export interface Settlement {
	occasionId: number;
	outcome: OccasionOutcome;
	/** Reason code, for example `CONSENT_MISSING`. */
	reason?: string;
}

/** What a decision means for its occasion. */
export interface DecidedOccasion {
	occasionId: number;
	/** Reason code. */
	reason: string;
	/** For what is only put off: when it comes back, and the shop's day of that moment. */
	retry?: { at: Instant; on: LocalDate };
	/** A person has to judge. */
	review?: true;
}

/**
 * Settles occasions that are not allowed. What is put off stays open until its moment, and the trigger hands it out again then; what could not
 * wait so long is dropped, with the reason for which it would have waited. One that has led to a message stays so.
 */
export async function settleDecided({ db, shop }: Scope, decided: readonly DecidedOccasion[], now: Instant): Promise<void> {
	if (decided.length === 0) return;
	const rows = decided.map(({ occasionId, reason, retry, review }) => ({ id: occasionId, reason, final: review ? 'review' : 'blocked', retry_at: retry?.at ?? null, retry_on: retry?.on ?? null }));
	const waits = sql`decided.retry_on is not null and decided.retry_on <= coalesce(occasions.expires_on, decided.retry_on)`;
	await sql`
		update occasions set
			state = case when ${waits} then 'leased' else 'settled' end,
			outcome = case when ${waits} then 'deferred' when decided.retry_on is null then decided.final else 'dropped' end,
			reason = decided.reason,
			claims = case when ${waits} then 0 else occasions.claims end,
			leased_until = case when ${waits} then decided.retry_at end,
			settled_at = case when ${waits} then null else ${now} end
		from ${rowSet(rows, { id: 'integer', reason: 'text', final: 'text', retry_at: 'text', retry_on: 'text' })} as decided
		where occasions.id = decided.id and +occasions.shop_id = ${shop.id} and coalesce(occasions.outcome, '') <> 'message'`.execute(db);
}

/** Settles occasions. One that has led to a message stays so, whatever is said of it later. */
export async function settleOccasions({ db, shop }: Scope, settlements: readonly Settlement[], now: Instant): Promise<void> {
	if (settlements.length === 0) return;
	const rows = settlements.map(({ occasionId, outcome, reason }) => ({ id: occasionId, outcome, reason: reason ?? null }));
	await sql`
		update occasions set state = 'settled', outcome = settled.outcome, reason = settled.reason, settled_at = ${now}, leased_until = null
		from ${rowSet(rows, { id: 'integer', outcome: 'text', reason: 'text' })} as settled
		where occasions.id = settled.id and +occasions.shop_id = ${shop.id} and coalesce(occasions.outcome, '') <> 'message'`.execute(db);
}
