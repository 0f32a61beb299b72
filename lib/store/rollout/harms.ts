import { sql } from 'kysely';
import type { Brake } from '../../domain/rollout';
import type { Store } from '../open';
import { LOW_SCORE } from '../replies/surveys';
import { textSet } from '../sets';
import { DECIDED, HAS_LEFT, isCounted, JUDGED, REFUSED, type CountQuery } from './counted';

/** How much harm a campaign has done, by brake; without how often all went well. */
export interface Harm extends Record<Brake, number> {
	campaign: string;
}

/** What went wrong with campaigns, and whether Meta has rated the shop's number red. */
export interface Harms {
	ofCampaigns: Harm[];
	whatsAppRed: boolean;
}

const NONE = { optOuts: 0, complaints: 0, bounces: 0, rejected: 0, unsatisfied: 0 } as const satisfies Record<Brake, number>;

/**
 * What went wrong with these campaigns since the query's moment, in one statement. It is found by what went wrong, of which there is little, without a look at the messages that went
 * well: in a large shop those are a year of thousands.
 */
export async function harms({ db, shop }: Pick<Store, 'db' | 'shop'>, query: CountQuery & { campaigns: readonly string[] }): Promise<Harms> {
	const counted = isCounted({ shop }, query);
	// Not by the index of campaigns, which would lead through all of their messages.
	const badly = sql`${isCounted({ shop }, { ...query, campaigns: undefined })} and coalesce(message.kind, '') in ${textSet(query.campaigns)}`;
	const { rows } = await sql<{ campaign: string; brake: Brake | 'red'; bad: number }>`
		with refused as (
			select message.id, message.kind, max(case when refusal.source = 'provider' and refusal.method = 'complaint' then 1 else 0 end) as complained
			from consents as refusal cross join messages as message on message.customer_id = refusal.customer_id
			where refusal.shop_id = ${shop.id} and refusal.recorded_at >= ${query.since} and ${counted} and ${HAS_LEFT} and ${REFUSED}
			group by message.id, message.kind)
		select kind as campaign, 'optOuts' as brake, count(*) as bad from refused group by kind
		union all select kind, 'complaints', count(*) from refused where complained = 1 group by kind
		union all select message.kind, 'bounces', count(*) from messages as message where message.state = 'failed' and ${badly} and ${HAS_LEFT} group by message.kind
		union all select message.kind, 'rejected', count(*) from messages as message where message.state = 'rejected' and ${badly} and ${DECIDED} group by message.kind
		union all select message.kind, 'unsatisfied', count(distinct answer.id) from survey_answers as answer join messages as message on message.customer_id = answer.customer_id
			where answer.shop_id = ${shop.id} and answer.score <= ${sql.lit(LOW_SCORE)} and ${counted} and ${JUDGED} group by message.kind
		union all select '', 'red', 1 from whatsapp_accounts where shop_id = ${shop.id} and upper(quality) = 'RED'`.execute(db);
	const found = new Map<string, Harm>();
	for (const { campaign, brake, bad } of rows) if (brake !== 'red') found.set(campaign, { ...NONE, ...found.get(campaign), campaign, [brake]: Number(bad) });
	return { ofCampaigns: [...found.values()], whatsAppRed: rows.some(({ brake }) => brake === 'red') };
}
