import { sql } from 'kysely';
import type { Channel } from '../../domain/glossary';
import type { Store } from '../open';
import { textSet } from '../sets';

/** The channels on which these campaigns have messages that left or wait to. */
export async function channelsOfCampaigns({ db, shop }: Pick<Store, 'db' | 'shop'>, campaigns: readonly string[]): Promise<Map<string, Channel[]>> {
	const { rows } = await sql<{ campaign: string; channel: Channel }>`
		select distinct occasion.kind as campaign, message.channel from messages as message join occasions as occasion on occasion.id = message.occasion_id
		where message.shop_id = ${shop.id} and message.state not in ('rejected', 'blocked', 'expired') and occasion.kind in ${textSet(campaigns)}`.execute(db);
	return new Map([...Map.groupBy(rows, ({ campaign }) => campaign)].map(([campaign, of]) => [campaign, of.map(({ channel }) => channel)]));
}
