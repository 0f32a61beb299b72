import { sql } from 'kysely';
import { addressHash, derivedKey } from '../../domain/keys';
import { plusMinutes, type Instant } from '../../domain/time';
import { WINDOW_MINUTES } from '../../domain/whatsApp';
import { ADDRESS_HASH } from '../customers/saveContactPoints';
import type { Store } from '../open';
import { rowSet } from '../sets';

/**
 * Notes that customers wrote to the shop on WhatsApp: for a day, free texts may be sent to their numbers (RULES 30). Late, doubled and disordered
 * messages change nothing that a later one has said. What is older than a day is forgotten.
 * @param messages number (E.164) and moment of each; a moment that lies ahead counts as now
 */
export async function openWhatsAppWindows({ db, shop, secret }: Store, messages: ReadonlyArray<{ from: string; at: Instant }>, now: Instant): Promise<void> {
	const key = derivedKey(secret, ADDRESS_HASH);
	const latest = new Map<string, Instant>();
	for (const { from, at } of messages) {
		const hash = addressHash('phone', from, key);
		const heard = at > now ? now : at;
		if (heard > (latest.get(hash) ?? '')) latest.set(hash, heard);
	}
	await sql`delete from whatsapp_windows where shop_id = ${shop.id} and last_message_at <= ${plusMinutes(now, -WINDOW_MINUTES)}`.execute(db);
	if (latest.size === 0) return;
	const rows = [...latest].map(([address_hash, last_message_at]) => ({ address_hash, last_message_at }));
	await sql`
		insert into whatsapp_windows (shop_id, address_hash, last_message_at)
		select ${shop.id}, address_hash, last_message_at from ${rowSet(rows, { address_hash: 'text', last_message_at: 'text' })} as heard where true
		on conflict (shop_id, address_hash) do update set last_message_at = excluded.last_message_at where excluded.last_message_at > whatsapp_windows.last_message_at`.execute(db);
}
