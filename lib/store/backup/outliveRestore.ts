import { sql } from 'kysely';
import type { ConsentRecord } from '../../domain/consent';
import type { Shop } from '../../domain/shop';
import type { Instant } from '../../domain/time';
import { consentDetails, withDetails } from '../consentDetails';
import { consentHistory, insertConsents, type ChainHead } from '../consents';
import { eraseAll } from '../erasing/eraseCustomers';
import { readOutlivingPhones, writeOutlivingPhones, type OutlivingPhones } from '../linkedDevice/outlive';
import type { Database } from '../open';
import { readOutlivingRollout, writeOutlivingRollout, type OutlivingRollout } from '../rollout/outlive';
import type { Row } from '../schema';
import { columnList, rowSet } from '../sets';

/** What people said and what was sent since a backup: no restore may undo it, because nobody else remembers it. */
export interface Outliving {
	/** Records other than a yes, with their shop. */
	refusals: Array<{ shopId: number; record: ConsentRecord }>;
	suppressions: Array<Row<'suppressions'>>;
	/** Customers erased since: they are in the backup, and are erased again. */
	erased: Array<{ id: number; shopId: number }>;
	/** Occasions whose message has left: they are not planned again. */
	contacted: Array<Pick<Row<'occasions'>, 'shop_id' | 'customer_id' | 'kind' | 'due_on' | 'stage' | 'expires_on' | 'claims' | 'created_at'>>;
	/** Who did what on the Desk since: no restore hides it. */
	log: Array<Row<'desk_log'>>;
	/** Accounts of the Desk as they are now: whoever was shut out stays out, and nobody's old password comes back. */
	accounts: Array<Row<'desk_accounts'>>;
	/** What the system did last: no restore makes it undone. */
	signs: Array<Row<'signs_of_life'>>;
	rollout: OutlivingRollout;
	phones: OutlivingPhones;
}

/** The same person in both: an id alone may be another's, where a store was begun anew. */
const SAME = sql`join backup.customers as old on old.id = present.customer_id
	join main.customers as person on person.id = old.id and person.shop_id = old.shop_id and person.created_at = old.created_at`;

/**
 * Reads what must outlive a restore, with the trial copy at hand as `backup`.
 * @param left states of a message that has left, or may have
 */
export async function readOutliving(connection: Database, left: readonly string[]): Promise<Outliving> {
	const erased = await sql<{ id: number; shopId: number }>`
		select old.id, old.shop_id as "shopId" from (select id as customer_id from main.customers where erased_at is not null) as present ${SAME}
		where old.erased_at is null order by old.id`.execute(connection);
	const said = await sql<{ id: number; customer_id: number; shop_id: number }>`
		select present.id, present.customer_id, present.shop_id from main.consents as present ${SAME}
		where present.status <> 'granted' and person.erased_at is null
			and not exists (select 1 from backup.consents where id = present.id and hash = present.hash)
		order by present.customer_id, present.sequence`.execute(connection);
	const suppressions = await connection.selectFrom('suppressions').selectAll().execute();
	const contacted = await sql<Outliving['contacted'][number]>`
		select present.shop_id, present.customer_id, present.kind, present.due_on, present.stage, present.expires_on, present.claims, present.created_at
		from main.occasions as present ${SAME}
		where person.erased_at is null and present.id in (select occasion_id from main.messages where state in (${sql.join([...left])}))`.execute(connection);
	const log = await sql<Row<'desk_log'>>`
		select present.* from main.desk_log as present left join backup.desk_log as old on old.id = present.id and old.at = present.at and old.who = present.who and old.action = present.action
		where old.id is null order by present.id`.execute(connection);
	const accounts = await connection.selectFrom('desk_accounts').selectAll().execute();
	const signs = await connection.selectFrom('signs_of_life').selectAll().execute();
	return { refusals: await recordsOf(connection, said.rows), suppressions, erased: erased.rows, contacted: contacted.rows, log: log.rows, accounts, signs, rollout: await readOutlivingRollout(connection), phones: await readOutlivingPhones(connection) };
}

async function recordsOf(connection: Database, said: ReadonlyArray<{ id: number; customer_id: number; shop_id: number }>): Promise<Outliving['refusals']> {
	const wanted = new Set(said.map(({ id }) => id));
	const found: Outliving['refusals'] = [];
	for (const [shopId, rows] of Map.groupBy(said, ({ shop_id }) => shop_id)) {
		const ids = [...new Set(rows.map(({ customer_id }) => customer_id))];
		const scope = { db: connection, shop: { id: shopId } as Shop };
		const details = await consentDetails(scope, ids);
		const chains = await consentHistory(scope, ids);
		for (const chain of chains.values()) found.push(...withDetails(chain, details).filter(({ id }) => wanted.has(id)).map((record) => ({ shopId, record })));
	}
	return found;
}

/** Writes it into the restored store: refusals behind the chains that are there now, suppressions with the later day of the two. */
export async function writeOutliving(connection: Database, { refusals, suppressions, erased, contacted, log, accounts, signs, rollout, phones }: Outliving, now: Instant): Promise<void> {
	for (const [shopId, said] of Map.groupBy(refusals, (refusal) => refusal.shopId)) {
		const chains = await consentHistory({ db: connection, shop: { id: shopId } as Shop }, [...new Set(said.map(({ record }) => record.customerId))]);
		const heads = new Map<number, ChainHead>([...chains].map(([id, chain]) => [id, chain[chain.length - 1]]));
		await insertConsents(connection, shopId, said.map(({ record }) => record), heads, now);
	}
	const list = { shop_id: 'integer', address_hash: 'text', purpose: 'text', reason: 'text', created_at: 'text' } as const;
	await sql`
		insert into suppressions (shop_id, address_hash, purpose, reason, created_at)
		select shop_id, address_hash, purpose, reason, created_at from ${rowSet(suppressions, list)} as present where shop_id in (select id from shops)
		on conflict (shop_id, address_hash, purpose) do update set reason = excluded.reason, created_at = excluded.created_at
			where excluded.created_at > suppressions.created_at`.execute(connection);
	const key = { shop_id: 'integer', customer_id: 'integer', kind: 'text', due_on: 'text', stage: 'integer', expires_on: 'text', claims: 'integer', created_at: 'text' } as const;
	await sql`
		insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, state, outcome, claims, created_at, settled_at)
		select shop_id, customer_id, kind, due_on, stage, expires_on, 'settled', 'message', claims, created_at, ${now} from ${rowSet(contacted, key)} as present where true
		on conflict (customer_id, kind, due_on, stage) do update set state = 'settled', outcome = 'message', leased_until = null, settled_at = excluded.settled_at
			where occasions.state <> 'settled' or occasions.outcome = 'review'`.execute(connection);
	await writeDesk(connection, log, accounts);
	await writeSigns(connection, signs);
	await writeOutlivingRollout(connection, rollout);
	await writeOutlivingPhones(connection, phones);
	for (const [shopId, gone] of Map.groupBy(erased, (customer) => customer.shopId)) {
		await eraseAll({ db: connection, shop: { id: shopId } as Shop }, gone.map(({ id }) => id), { reason: 'request', who: 'restore' }, now);
	}
}

async function writeSigns(connection: Database, signs: Outliving['signs']): Promise<void> {
	await connection.deleteFrom('signs_of_life').execute();
	const fields = { shop_id: 'integer', what: 'text', name: 'text', last_at: 'text', times: 'integer', things: 'integer', code: 'text', every_minutes: 'integer' } as const;
	const columns = columnList(fields);
	await sql`insert into signs_of_life (${columns}) select ${columns} from ${rowSet(signs, fields)} as present where shop_id in (select id from shops)`.execute(connection);
}

/** Log and accounts of the Desk. All sessions end: those of the backup were over long ago. */
async function writeDesk(connection: Database, log: Outliving['log'], accounts: Outliving['accounts']): Promise<void> {
	await connection.deleteFrom('desk_sessions').execute();
	const deeds = { shop_id: 'integer', at: 'text', who: 'text', action: 'text', subject: 'text' } as const;
	await sql`
		insert into desk_log (shop_id, at, who, action, subject)
		select shop_id, at, who, action, subject from ${rowSet(log, deeds)} as present where shop_id in (select id from shops)`.execute(connection);
	const fields = { shop_id: 'integer', name: 'text', name_key: 'text', role: 'text', password_hash: 'text', one_time_until: 'text', disabled_at: 'text', created_at: 'text', changed_at: 'text' } as const;
	const columns = columnList(fields);
	await sql`
		insert into desk_accounts (${columns}) select ${columns} from ${rowSet(accounts, fields)} as present where shop_id in (select id from shops)
		on conflict (shop_id, name_key) do update set role = excluded.role, password_hash = excluded.password_hash, one_time_until = excluded.one_time_until,
			disabled_at = excluded.disabled_at, changed_at = excluded.changed_at`.execute(connection);
}
