import { sql } from 'kysely';
import type { Store } from './open';
import { idSet } from './sets';

/** Those of these occasions that came to nothing: they could not wait so long as a rule put them off, or their message expired or failed. */
export async function lostOccasions({ db, shop }: Pick<Store, 'db' | 'shop'>, occasionIds: readonly number[]): Promise<Set<number>> {
	if (occasionIds.length === 0) return new Set();
	const { rows } = await sql<{ id: number }>`
		select occasion.id from occasions as occasion left join messages as message on message.occasion_id = occasion.id
		where occasion.id in ${idSet(occasionIds)} and +occasion.shop_id = ${shop.id} and occasion.state = 'settled'
			and (occasion.outcome in ('dropped', 'stopped') or message.state in ('expired', 'failed'))`.execute(db);
	return new Set(rows.map(({ id }) => id));
}
