import { sql } from 'kysely';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import { idSet } from '../sets';

const CHANNEL = 'whatsappLinked';

/**
 * Leaves approved messages for the shop's phone: the process that holds its session sends them, each in its time. A message whose text is changed and approved
 * anew has to be left anew.
 * @param ids only these; absent: whatever is approved
 * @returns those that were left now
 */
export async function leaveForPhone({ db, shop }: Pick<Store, 'db' | 'shop'>, ids: readonly number[] | undefined, now: Instant): Promise<number[]> {
	const which = ids ? sql`+shop_id = ${shop.id} and id in ${idSet(ids)}` : sql`shop_id = ${shop.id}`;
	const { rows } = await sql<{ id: number }>`
		update messages set left_hash = approved_hash, updated_at = ${now}
		where ${which} and state = 'approved' and channel = ${CHANNEL} and approved_hash is not null and (left_hash is null or left_hash <> approved_hash)
		returning id`.execute(db);
	return rows.map(({ id }) => id);
}

/** When somebody last wrote to the shop's phone, by contact point of these customers; in one statement. Who never did is not there. */
export async function lastWrittenToPhone({ db, shop }: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[]): Promise<Map<number, { customerId: number; at: Instant }>> {
	const { rows } = await sql<{ id: number; customer_id: number; at: string | null }>`
		select point.id, point.customer_id, (select max(inbound.at) from inbound_messages as inbound
			where inbound.shop_id = ${shop.id} and inbound.channel = ${CHANNEL} and inbound.sender = point.value) as at
		from contact_points as point where point.customer_id in ${idSet(customerIds)} and +point.shop_id = ${shop.id} and point.kind = 'phone'`.execute(db);
	return new Map(rows.flatMap(({ id, customer_id, at }) => (at === null ? [] : [[id, { customerId: customer_id, at }]])));
}
