import { sql } from 'kysely';
import { shopToday } from '../../domain/shop';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import { textSet } from '../sets';

/** What is let go again: held for one of these reasons, of one campaign or of all. */
export interface Release {
	reasons: readonly string[];
	campaign?: string;
}

/**
 * Lets go what was held: triggers and campaigns hand the occasions out again, unless the customer comes first; one whose window has closed stays held.
 * Approved messages may leave at once. What was never handed out comes again with its own source. The caller holds the transaction.
 */
export async function releaseHeld({ db, shop }: Pick<Store, 'db' | 'shop'>, { reasons, campaign }: Release, now: Instant): Promise<void> {
	const ofCampaign = campaign === undefined ? sql`` : sql`and kind = ${campaign}`;
	await sql`
		update occasions set state = 'leased', outcome = 'deferred', claims = 0, leased_until = ${now}, settled_at = null
		where shop_id = ${shop.id} and state = 'settled' and outcome = 'held' and reason in ${textSet(reasons)} ${ofCampaign}
			and coalesce(expires_on, due_on) >= ${shopToday(shop, now)} and acted_on is not null`.execute(db);
	const ofOccasion = campaign === undefined ? sql`` : sql`and occasion_id in (select id from occasions where shop_id = ${shop.id} ${ofCampaign})`;
	await sql`
		update messages set not_before = null, updated_at = ${now}
		where shop_id = ${shop.id} and state = 'approved' and not_before > ${now} ${ofOccasion}
			and (select why from message_history where id = (select max(id) from message_history where message_id = messages.id)) in ${textSet(reasons)}`.execute(db);
}
