import { sql } from 'kysely';
import type { InboundEvent } from '../../domain/inbound';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import { rowSet } from '../sets';

/**
 * The events that were not taken in before, each once: providers send them again and again (RULES 35). They are noted in the caller's transaction,
 * so that an event whose effects were not kept comes anew.
 */
export async function freshEvents<Event extends InboundEvent>({ db, shop }: Pick<Store, 'db' | 'shop'>, events: readonly Event[], now: Instant): Promise<Event[]> {
	if (events.length === 0) return [];
	const rows = events.map(({ channel, eventId, kind, at }) => ({ channel, event_id: eventId, kind, at }));
	const { rows: noted } = await sql<{ channel: string; event_id: string }>`
		insert into provider_events (shop_id, channel, event_id, kind, at, received_at)
		select ${shop.id}, channel, event_id, kind, at, ${now}
		from ${rowSet(rows, { channel: 'text', event_id: 'text', kind: 'text', at: 'text' })} as event where true
		on conflict (shop_id, channel, event_id) do nothing returning channel, event_id`.execute(db);
	const fresh = new Set(noted.map(({ channel, event_id }) => `${channel} ${event_id}`));
	// Of two alike in one delivery, the first counts.
	return events.filter(({ channel, eventId }) => fresh.delete(`${channel} ${eventId}`));
}
