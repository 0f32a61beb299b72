import { sql } from 'kysely';
import type { Channel } from '../../domain/glossary';
import type { LocalDate } from '../../domain/time';
import { IS_REAL } from '../contacts';
import type { Store } from '../open';

/** What the messages of a campaign cost on a channel in a month. */
export interface CampaignCost {
	/** `YYYY-MM`, by the shop's days. */
	month: string;
	/** The occasion's kind. */
	campaign: string;
	channel: Channel;
	/** Messages that left, and calls that were tried. */
	messages: number;
	/** Outside of the shop, in thousandths of a euro. */
	mills: number;
	staffSeconds: number;
}

/**
 * What was spent from a day on, by month, campaign and channel: the prices of providers and the staff's time, as each message carries them.
 * What a rehearsal sent cost nothing and is not counted. One statement, whatever the number of messages.
 */
export async function campaignCosts({ db, shop }: Pick<Store, 'db' | 'shop'>, from: LocalDate): Promise<CampaignCost[]> {
	const day = sql`coalesce(message.sent_on, substr(message.updated_at, 1, 10))`;
	const { rows } = await sql<CampaignCost>`
		select substr(${day}, 1, 7) as month, message.kind as campaign, message.channel, count(*) as messages,
			sum(coalesce(message.cost_mills, 0)) as mills, sum(coalesce(message.staff_seconds, 0)) as "staffSeconds"
		from messages as message
		where message.shop_id = ${shop.id} and ${day} >= ${from} and ${IS_REAL}
			and (message.cost_mills is not null or message.staff_seconds is not null or message.state in ('sent', 'delivered', 'read'))
		group by 1, 2, 3 order by 1, 2, 3`.execute(db);
	return rows.map((row) => ({ ...row, messages: Number(row.messages), mills: Number(row.mills), staffSeconds: Number(row.staffSeconds) }));
}
