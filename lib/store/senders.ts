import { sql } from 'kysely';
import type { Channel } from '../domain/glossary';
import { FRESH_SENDER, type SenderState } from '../domain/sender';
import type { Instant } from '../domain/time';
import { isPostgres } from './dialect';
import type { Database, Store } from './open';
import type { Row } from './schema';

/** A sender as the store knows it. */
export interface StoredSender extends SenderState {
	name: string;
	channel: Channel;
	updatedAt: Instant;
}

/**
 * A transaction of who sends. On PostgreSQL it takes no turn among all writers, so that an import that writes for minutes keeps nothing from leaving: whoever
 * works in it locks the rows that it changes. In the embedded file one transaction writes at a time anyway.
 */
export async function sendingTransaction<Result>({ db }: Pick<Store, 'db'>, work: (transaction: Database) => Promise<Result>): Promise<Result> {
	return await db.transaction().setIsolationLevel('read committed').execute(work);
}

/**
 * Lets one sender of the shop at a time decide what leaves, until the transaction ends: caps and priorities hold over all channels, and turns are counted once. Asked
 * first in a transaction. Messages can be queued meanwhile; only a change of the shop itself waits.
 */
export async function senderTurn(transaction: Database, { shop }: Pick<Store, 'shop'>): Promise<void> {
	if (isPostgres(transaction)) await sql`select id from shops where id = ${shop.id} for no key update`.execute(transaction);
}

/** What is known of a sender; of one that never sent, that it is fresh. */
export async function readSender(transaction: Database, { shop }: Pick<Store, 'shop'>, name: string): Promise<SenderState> {
	const row = await transaction.selectFrom('senders').selectAll().where('shop_id', '=', shop.id).where('name', '=', name).executeTakeFirst();
	return row ? toState(row) : FRESH_SENDER;
}

/** Keeps what is known of a sender. */
export async function writeSender(transaction: Database, { shop }: Pick<Store, 'shop'>, { name, channel }: { name: string; channel: Channel }, state: SenderState, now: Instant): Promise<void> {
	const row = {
		next_at: state.nextAt ?? null, day: state.day ?? null, day_count: state.dayCount, failures: state.failures, openings: state.openings,
		open_until: state.openUntil ?? null, code: state.code ?? null, trying: state.trying ? 1 : 0, updated_at: now,
	};
	await transaction
		.insertInto('senders')
		.values({ shop_id: shop.id, name, channel, ...row })
		.onConflict((conflict) => conflict.columns(['shop_id', 'name']).doUpdateSet(row))
		.execute();
}

/** All senders of the shop, by name. */
export async function listSenders({ db, shop }: Pick<Store, 'db' | 'shop'>): Promise<StoredSender[]> {
	const rows = await db.selectFrom('senders').selectAll().where('shop_id', '=', shop.id).orderBy('name').execute();
	return rows.map((row) => ({ name: row.name, channel: row.channel as Channel, updatedAt: row.updated_at, ...toState(row) }));
}

function toState(row: Row<'senders'>): SenderState {
	return {
		dayCount: row.day_count,
		failures: row.failures,
		openings: row.openings,
		...(row.next_at !== null && { nextAt: row.next_at }),
		...(row.day !== null && { day: row.day }),
		...(row.open_until !== null && { openUntil: row.open_until }),
		...(row.code !== null && { code: row.code }),
		...(row.trying === 1 && { trying: true }),
	};
}
