import { sql } from 'kysely';
import type { Channel } from '../../domain/glossary';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import { rowSet } from '../sets';

/** Keeps the channel that each of these customers asked for, in one statement; without one, the shop chooses again. */
export async function savePreferences({ db, shop }: Pick<Store, 'db' | 'shop'>, preferences: ReadonlyArray<{ customerId: number; channel?: Channel }>, now: Instant): Promise<void> {
	if (preferences.length === 0) return;
	// The last word about a customer counts.
	const rows = [...new Map(preferences.map(({ customerId, channel }) => [customerId, { id: customerId, channel: channel ?? null }])).values()];
	await sql`
		update customers set preferred_channel = wanted.channel, updated_at = ${now} from ${rowSet(rows, { id: 'integer', channel: 'text' })} as wanted
		where customers.id = wanted.id and +customers.shop_id = ${shop.id}`.execute(db);
}
