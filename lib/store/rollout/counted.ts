import { sql } from 'kysely';
import type { Instant } from '../../domain/time';
import { IS_REAL } from '../contacts';
import { daysAfter } from '../dialect';
import { DECIDED_BY_STAFF } from '../messageHistory';
import type { Store } from '../open';
import { textSet } from '../sets';

/** Days after a message within which a refusal counts as one to it, unless another message came in between. Ours. */
const DAYS_TO_REFUSE = 14;
/** Days before an answer to a survey within which a campaign's message counts towards it. Ours. */
const DAYS_TO_JUDGE = 30;

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
export const isCounted = ({ shop }: Pick<Store, 'shop'>, { since, campaigns, anewWhenResumed }: CountQuery) => sql`message.shop_id = ${shop.id} and message.created_at >= ${since}
	${campaigns ? sql`and message.kind in ${textSet(campaigns)}` : sql``}
	${anewWhenResumed ? sql`and (not exists (select 1 from campaign_holds as any_hold where any_hold.shop_id = ${shop.id} and any_hold.resumed_at > ${since})
		or not exists (select 1 from campaign_holds as hold where hold.shop_id = ${shop.id} and hold.campaign = message.kind
			and (hold.channel is null or hold.channel = message.channel) and hold.resumed_at > message.created_at))` : sql``}`;
/** Of a `message`: it left for the customer, whatever became of it then. */
export const HAS_LEFT = sql`message.state in ('sent', 'delivered', 'read', 'failed') and message.sent_on is not null and ${IS_REAL}`;
const LEFT_ON = sql`substr(coalesce((select max(leaving.at) from message_history as leaving where leaving.message_id = message.id and leaving.to_state = 'sent'), message.created_at), 1, 10)`;

/** Of a `message`: a member of staff has said yes or no to it. */
export const DECIDED = sql`exists (select 1 from message_history as decided where decided.message_id = message.id and ${DECIDED_BY_STAFF})`;
/** Of an `answer` to a survey: it counts towards the `message`, which left shortly before. */
export const JUDGED = sql`${HAS_LEFT} and message.kind <> 'survey' and message.created_at <= answer.answered_at
	and substr(answer.answered_at, 1, 10) <= ${daysAfter(sql`substr(message.created_at, 1, 10)`, sql.lit(DAYS_TO_JUDGE))}`;

/** Of a `refusal` among the consents: it answers the `message`, which is the last before it; no earlier one is answered too. */
export const REFUSED = sql`refusal.customer_id = message.customer_id and refusal.status in ('withdrawn', 'objected') and refusal.source <> 'import' and refusal.recorded_at >= message.created_at
	and (refusal.channel = message.channel or refusal.channel = 'any')
	and substr(refusal.recorded_at, 1, 10) <= ${daysAfter(LEFT_ON, sql.lit(DAYS_TO_REFUSE))}
	and not exists (select 1 from messages as later where later.customer_id = message.customer_id and later.id > message.id and later.sent_on is not null and later.created_at <= refusal.recorded_at)`;
