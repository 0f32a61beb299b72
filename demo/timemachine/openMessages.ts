import { sql } from 'kysely';
import type { Channel } from '../../lib/domain/glossary';
import type { SeenMessage } from '../../lib/store/approval';
import type { Store } from '../../lib/store/open';
import { idSet } from '../../lib/store/sets';

/** What waits on the Desk, as the staff see it. */
export async function listPending({ db, shop }: Store): Promise<SeenMessage[]> {
	const { rows } = await sql<{ id: number; content_hash: string }>`
		select id, content_hash from messages where shop_id = ${shop.id} and state = 'pending'`.execute(db);
	return rows.map(({ id, content_hash: contentHash }) => ({ id, contentHash }));
}

/** Messages of which nobody knows whether they left. */
export async function listUncertain({ db, shop }: Store): Promise<number[]> {
	const { rows } = await sql<{ id: number }>`select id from messages where shop_id = ${shop.id} and state = 'uncertain'`.execute(db);
	return rows.map(({ id }) => id);
}

/** The channels on which something may leave. */
export async function openChannels({ db, shop }: Store): Promise<Channel[]> {
	// In the order of the queue: for the channels alone SQLite would go through every message ever written, in an index that holds them.
	const { rows } = await sql<{ channel: Channel }>`
		select channel from messages where shop_id = ${shop.id} and state = 'approved' order by id`.execute(db);
	return [...new Set(rows.map(({ channel }) => channel))].sort();
}

/** Whom messages are for, and why they were written. */
export async function addressees({ db }: Store, messageIds: readonly number[]): Promise<Map<number, { customerId: number; kind: string }>> {
	if (messageIds.length === 0) return new Map();
	const { rows } = await sql<{ id: number; customer_id: number; kind: string }>`
		select message.id, message.customer_id, occasion.kind from messages as message join occasions as occasion on occasion.id = message.occasion_id
		where message.id in ${idSet(messageIds)}`.execute(db);
	return new Map(rows.map(({ id, customer_id: customerId, kind }) => [id, { customerId, kind }]));
}
