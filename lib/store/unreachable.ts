import { sql } from 'kysely';
import { CONTACT_POINT_OF_CHANNEL, type Channel } from '../domain/glossary';
import type { Database, Store } from './open';
import { rowSet } from './sets';

/** An address or number that does not work on a channel and will not. */
export interface Unreachable {
	contactPointId: number;
	channel: Channel;
}

/**
 * Notes what a provider said of addresses: the rules leave them alone from now on (RULES 28). An e-mail address, a postal address or an app token has bounced;
 * a phone number is unreachable on this channel only, since who has no WhatsApp may well get an SMS.
 */
export async function markUnreachable(transaction: Database, { shop }: Pick<Store, 'shop'>, points: readonly Unreachable[]): Promise<void> {
	if (points.length === 0) return;
	const rows = points.map(({ contactPointId, channel }) => ({ id: contactPointId, channel, is_phone: CONTACT_POINT_OF_CHANNEL[channel] === 'phone' ? 1 : 0 }));
	await sql`
		update contact_points set
			status = case when told.is_phone = 1 then contact_points.status else 'bounced' end,
			unreachable = case when told.is_phone = 0 or ',' || coalesce(unreachable, '') || ',' like '%,' || told.channel || ',%' then unreachable
				else coalesce(unreachable || ',', '') || told.channel end
		from ${rowSet(rows, { id: 'integer', channel: 'text', is_phone: 'integer' })} as told
		where contact_points.id = told.id and +contact_points.shop_id = ${shop.id}`.execute(transaction);
}
