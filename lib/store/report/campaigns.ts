import { sql, type RawBuilder } from 'kysely';
import type { CampaignFigures, GroupFigures } from '../../domain/reportFigures';
import type { Group } from '../../domain/rollout';
import type { LocalDate } from '../../domain/time';
import { BOUGHT_ON, cameIn } from '../cameIn';
import { bothWays, daysAfter } from '../dialect';
import type { Store } from '../open';
import { HAS_LEFT, REFUSED } from '../rollout/counted';
import { HAS_ARRIVED } from './arrived';
import { customerRanges, type IdRange } from './ranges';

type Scope = Pick<Store, 'db' | 'shop'>;

/** Which assignments are counted. */
export interface CampaignQuery {
	/** Both days included. */
	from: LocalDate;
	today: LocalDate;
	/** From when on those count who say how many there are in a week. */
	recentFrom: LocalDate;
	/** Within how many days after the assignment somebody comes back. */
	windowDays: number;
}

interface GroupRow extends GroupFigures {
	campaign: string;
	grp: Group;
	class: CampaignFigures['class'] | null;
	firstOn: LocalDate;
	recent: number;
	sent: number;
	delivered: number;
	answered: number;
	booked: number;
	optedOut: number;
}

const MATERIALIZED = sql.raw('materialized');
const GROUP_COUNTS = ['people', 'over', 'returned', 'buyers', 'revenueCents', 'revenueSquares'] as const;
const PATH_COUNTS = ['sent', 'delivered', 'answered', 'booked', 'optedOut'] as const;

/** What became of everybody who was assigned in a period, by campaign and group: one statement for some thousand customers. */
export async function campaignFigures(store: Scope, query: CampaignQuery): Promise<CampaignFigures[]> {
	const campaigns = new Map<string, CampaignFigures>();
	for await (const range of customerRanges(store)) {
		const { rows } = await sql<GroupRow>`${rangeSql(store.shop.id, range, query)}`.execute(store.db);
		for (const row of rows) add(campaigns, row);
	}
	return [...campaigns.values()].sort((one, other) => (one.campaign < other.campaign ? -1 : 1));
}

function add(campaigns: Map<string, CampaignFigures>, row: GroupRow): void {
	const { campaign, grp, firstOn } = row;
	const none = (): GroupFigures => ({ people: 0, over: 0, returned: 0, buyers: 0, revenueCents: 0, revenueSquares: 0 });
	const known = campaigns.get(campaign) ?? { campaign, firstOn, recent: 0, contact: none(), holdout: none(), sent: 0, delivered: 0, answered: 0, booked: 0, optedOut: 0 };
	for (const count of GROUP_COUNTS) known[grp][count] += Number(row[count]);
	known.recent += Number(row.recent);
	if (firstOn < known.firstOn) known.firstOn = firstOn;
	// Who was held out is not written to; what came of a message all the same is none of the contact's.
	if (grp === 'contact') for (const count of PATH_COUNTS) known[count] += Number(row[count]);
	if (row.class) known.class = row.class;
	campaigns.set(campaign, known);
}

function rangeSql(shopId: number, { from: first, to: last }: IdRange, { from, today, recentFrom, windowDays }: CampaignQuery): RawBuilder<unknown> {
	const window = { after: sql`person.assigned_on`, until: sql`person.ends_on` };
	const inWindow = (day: RawBuilder<unknown>) => sql`${day} > ${window.after} and ${day} <= ${window.until}`;
	const any = (condition: RawBuilder<unknown>) => sql`max(case when ${condition} then 1 else 0 end)`;
	const answered = sql`(exists (select 1 from inbound_messages as reply where reply.customer_id = message.customer_id and reply.message_id = message.id)
		or exists (select 1 from survey_answers as reply where reply.customer_id = message.customer_id and reply.message_id = message.id)
		or exists (select 1 from customer_answers as reply where reply.customer_id = message.customer_id and reply.kind = assigned.campaign and reply.answered_on >= message.sent_on))`;
	const booked = sql`exists (select 1 from appointments as made where made.customer_id = person.customer_id and made.status <> 'cancelled'
		and substr(made.created_at, 1, 10) >= ${window.after} and substr(made.created_at, 1, 10) <= ${window.until} and substr(made.starts_at, 1, 10) > ${window.after})`;
	const spent = sql`(select sum(sold.amount_cents) from equipment as sold where sold.customer_id = person.customer_id and sold.returned_on is null and ${inWindow(BOUGHT_ON)})`;
	return sql`
		with assigned as ${MATERIALIZED} (
			select occasion_id, customer_id, campaign, grp, assigned_on from campaign_assignments
			where ${bothWays(sql`+`, sql``)}shop_id = ${shopId} and customer_id between ${first} and ${last} and assigned_on >= ${from} and assigned_on <= ${today}),
		person as ${MATERIALIZED} (
			select campaign, customer_id, grp, assigned_on, ${daysAfter(sql`assigned_on`, sql.lit(windowDays))} as ends_on
			from (select assigned.*, row_number() over (partition by campaign, customer_id order by assigned_on, occasion_id) as place from assigned) as placed where place = 1),
		written as ${MATERIALIZED} (
			select assigned.campaign, assigned.customer_id, max(message.class) as class, ${any(HAS_LEFT)} as sent, ${any(HAS_ARRIVED)} as delivered, ${any(answered)} as answered,
				${any(sql`exists (select 1 from consents as refusal where ${REFUSED})`)} as opted_out
			from assigned join messages as message on message.occasion_id = assigned.occasion_id where ${HAS_LEFT} group by assigned.campaign, assigned.customer_id),
		reckoned as ${MATERIALIZED} (
			select person.campaign, person.grp, person.assigned_on, written.class, case when person.ends_on < ${today} then 1 else 0 end as is_over,
				coalesce(written.sent, 0) as sent, coalesce(written.delivered, 0) as delivered, coalesce(written.answered, 0) as answered, coalesce(written.opted_out, 0) as opted_out,
				case when ${booked} then 1 else 0 end as booked,
				case when person.ends_on < ${today} and ${cameIn(sql`person.customer_id`, inWindow)} then 1 else 0 end as returned,
				case when person.ends_on < ${today} then coalesce(${spent}, 0) else 0 end as cents
			from person left join written on written.campaign = person.campaign and written.customer_id = person.customer_id)
		select campaign, grp, max(class) as class, min(assigned_on) as "firstOn", sum(case when assigned_on >= ${recentFrom} then 1 else 0 end) as recent,
			count(*) as people, sum(is_over) as "over", sum(returned) as returned, sum(case when cents > 0 then 1 else 0 end) as buyers, sum(cents) as "revenueCents",
			sum(cast(cents as double precision) * cents) as "revenueSquares",
			sum(sent) as sent, sum(delivered) as delivered, sum(answered) as answered, sum(booked) as booked, sum(opted_out) as "optedOut"
		from reckoned group by campaign, grp`;
}

/** Why those who were to be contacted were not written to, as codes; the most frequent first. Occasions, not people. */
export async function unsentReasons({ db, shop }: Scope, { from, today }: Pick<CampaignQuery, 'from' | 'today'>): Promise<Array<{ campaign: string; reason: string; count: number }>> {
	const { rows } = await sql<{ campaign: string; reason: string; count: number }>`
		select assigned.campaign, coalesce(occasion.reason, message.state, occasion.outcome, occasion.state) as reason, count(*) as count
		from campaign_assignments as assigned join occasions as occasion on occasion.id = assigned.occasion_id left join messages as message on message.occasion_id = assigned.occasion_id
		where assigned.shop_id = ${shop.id} and assigned.grp = 'contact' and assigned.assigned_on >= ${from} and assigned.assigned_on <= ${today}
			and (message.id is null or not (${HAS_LEFT})) group by 1, 2 order by count(*) desc, 1, 2`.execute(db);
	return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }));
}
