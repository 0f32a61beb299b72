import { sql } from 'kysely';
import type { Channel } from '../../domain/glossary';
import type { Store } from '../open';
import { LOW_SCORE } from '../replies/surveys';
import { DECIDED, HAS_LEFT, isCounted, JUDGED, REFUSED, type CountQuery } from './counted';

type Scope = Pick<Store, 'db' | 'shop'>;

/** What became of a campaign's messages on a channel. */
export interface SentCounts {
	campaign: string;
	channel: Channel;
	sent: number;
	bounced: number;
	optedOut: number;
	complained: number;
}

/** What a campaign is counted for, on all channels. */
export interface CampaignCounts {
	campaign: string;
	of: number;
	bad: number;
}

/** What left, came back, and was refused or complained about, by campaign and channel. From the refusals to their messages: those are few. */
export async function sentCounts(store: Scope, query: CountQuery): Promise<SentCounts[]> {
	const { rows } = await sql<SentCounts>`
		with sent as (
			select message.kind as campaign, message.channel, count(*) as sent, sum(case when message.state = 'failed' then 1 else 0 end) as bounced
			from messages as message where ${isCounted(store, query)} and ${HAS_LEFT} group by message.kind, message.channel),
		refused as (
			select message.kind as campaign, message.channel, count(distinct message.id) as opted_out,
				count(distinct case when refusal.source = 'provider' and refusal.method = 'complaint' then message.id end) as complained
			from consents as refusal cross join messages as message on message.customer_id = refusal.customer_id
			where refusal.shop_id = ${store.shop.id} and refusal.recorded_at >= ${query.since} and ${isCounted(store, query)} and ${HAS_LEFT} and ${REFUSED}
			group by message.kind, message.channel)
		select sent.campaign, sent.channel, sent.sent, sent.bounced, coalesce(refused.opted_out, 0) as "optedOut", coalesce(refused.complained, 0) as complained
		from sent left join refused on refused.campaign = sent.campaign and refused.channel = sent.channel`.execute(store.db);
	return rows.map(({ campaign, channel, sent, bounced, optedOut, complained }) => ({ campaign, channel, sent: Number(sent), bounced: Number(bounced), optedOut: Number(optedOut), complained: Number(complained) }));
}

/** What the staff decided, and how much of it they held back. */
export async function rejectedCounts(store: Scope, query: CountQuery): Promise<CampaignCounts[]> {
	const { rows } = await sql<CampaignCounts>`
		select message.kind as campaign, count(*) as of, sum(case when message.state = 'rejected' then 1 else 0 end) as bad
		from messages as message
		where ${isCounted(store, query)} and ${DECIDED}
		group by message.kind`.execute(store.db);
	return rows.map(numbers);
}

/** How those answered a survey who got a message of the campaign shortly before. */
export async function dissatisfiedCounts(store: Scope, query: CountQuery): Promise<CampaignCounts[]> {
	const { rows } = await sql<CampaignCounts>`
		select message.kind as campaign, count(distinct answer.id) as of, count(distinct case when answer.score <= ${sql.lit(LOW_SCORE)} then answer.id end) as bad
		from survey_answers as answer join messages as message on message.customer_id = answer.customer_id
		where answer.shop_id = ${store.shop.id} and ${isCounted(store, query)} and ${JUDGED}
		group by message.kind`.execute(store.db);
	return rows.map(numbers);
}

function numbers({ campaign, of, bad }: CampaignCounts): CampaignCounts {
	return { campaign, of: Number(of), bad: Number(bad) };
}

/** Whether Meta has rated the shop's number red. */
export async function isWhatsAppRed({ db, shop }: Scope): Promise<boolean> {
	const account = await db.selectFrom('whatsapp_accounts').select('quality').where('shop_id', '=', shop.id).executeTakeFirst();
	return account?.quality?.toUpperCase() === 'RED';
}
