import { sql } from 'kysely';
import type { Channel } from '../../domain/glossary';
import type { Instant } from '../../domain/time';
import { IS_REAL } from '../contacts';
import { daysAfter } from '../dialect';
import { DECIDED_BY_STAFF } from '../messageHistory';
import type { Store } from '../open';
import { LOW_SCORE } from '../replies/surveys';
import { textSet } from '../sets';

type Scope = Pick<Store, 'db' | 'shop'>;

/** Days after a message within which a refusal counts as one to it, unless another message came in between. Ours. */
const DAYS_TO_REFUSE = 14;
/** Days before an answer to a survey within which a campaign's message counts towards it. Ours. */
const DAYS_TO_JUDGE = 30;

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

/** Which messages are counted. */
export interface CountQuery {
	/** Written since. */
	since: Instant;
	/** Only these campaigns; absent: all. */
	campaigns?: readonly string[];
	/** Begin anew where a held campaign was resumed. */
	anewWhenResumed?: boolean;
}

/** Of a `message`: it is counted. Mostly nothing was ever resumed, which is asked once, and then no message is asked about it. */
const begins = ({ shop }: Scope, { since, campaigns, anewWhenResumed }: CountQuery) => sql`message.shop_id = ${shop.id} and message.created_at >= ${since}
	${campaigns ? sql`and message.kind in ${textSet(campaigns)}` : sql``}
	${anewWhenResumed ? sql`and (not exists (select 1 from campaign_holds as any_hold where any_hold.shop_id = ${shop.id} and any_hold.resumed_at > ${since})
		or not exists (select 1 from campaign_holds as hold where hold.shop_id = ${shop.id} and hold.campaign = message.kind
			and (hold.channel is null or hold.channel = message.channel) and hold.resumed_at > message.created_at))` : sql``}`;
/** Of a `message`: it left for the customer, whatever became of it then. */
export const HAS_LEFT = sql`message.state in ('sent', 'delivered', 'read', 'failed') and message.sent_on is not null and ${IS_REAL}`;
const LEFT_ON = sql`substr(coalesce((select max(leaving.at) from message_history as leaving where leaving.message_id = message.id and leaving.to_state = 'sent'), message.created_at), 1, 10)`;

/** Of a `refusal` among the consents: it answers the `message`, which is the last before it; no earlier one is answered too. */
export const REFUSED = sql`refusal.customer_id = message.customer_id and refusal.status in ('withdrawn', 'objected') and refusal.source <> 'import' and refusal.recorded_at >= message.created_at
	and (refusal.channel = message.channel or refusal.channel = 'any')
	and substr(refusal.recorded_at, 1, 10) <= ${daysAfter(LEFT_ON, sql.lit(DAYS_TO_REFUSE))}
	and not exists (select 1 from messages as later where later.customer_id = message.customer_id and later.id > message.id and later.sent_on is not null and later.created_at <= refusal.recorded_at)`;

/** What left, came back, and was refused or complained about, by campaign and channel. From the refusals to their messages: those are few. */
export async function sentCounts(store: Scope, query: CountQuery): Promise<SentCounts[]> {
	const { rows } = await sql<SentCounts>`
		with sent as (
			select message.kind as campaign, message.channel, count(*) as sent, sum(case when message.state = 'failed' then 1 else 0 end) as bounced
			from messages as message where ${begins(store, query)} and ${HAS_LEFT} group by message.kind, message.channel),
		refused as (
			select message.kind as campaign, message.channel, count(distinct message.id) as opted_out,
				count(distinct case when refusal.source = 'provider' and refusal.method = 'complaint' then message.id end) as complained
			from consents as refusal cross join messages as message on message.customer_id = refusal.customer_id
			where refusal.shop_id = ${store.shop.id} and refusal.recorded_at >= ${query.since} and ${begins(store, query)} and ${HAS_LEFT} and ${REFUSED}
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
		where ${begins(store, query)} and exists (select 1 from message_history as decided where decided.message_id = message.id and ${DECIDED_BY_STAFF})
		group by message.kind`.execute(store.db);
	return rows.map(numbers);
}

/** How those answered a survey who got a message of the campaign shortly before. */
export async function dissatisfiedCounts(store: Scope, query: CountQuery): Promise<CampaignCounts[]> {
	const { rows } = await sql<CampaignCounts>`
		select message.kind as campaign, count(distinct answer.id) as of, count(distinct case when answer.score <= ${sql.lit(LOW_SCORE)} then answer.id end) as bad
		from survey_answers as answer join messages as message on message.customer_id = answer.customer_id
		where answer.shop_id = ${store.shop.id} and ${begins(store, query)} and ${HAS_LEFT} and message.kind <> 'survey'
			and message.created_at <= answer.answered_at and substr(answer.answered_at, 1, 10) <= ${daysAfter(sql`substr(message.created_at, 1, 10)`, sql.lit(DAYS_TO_JUDGE))}
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
