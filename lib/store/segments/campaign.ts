import { sql, type RawBuilder } from 'kysely';
import type { Rule, SegmentScope } from '../../domain/segment';
import { plusMinutes, type Instant, type LocalDate } from '../../domain/time';
import type { ClaimSettings } from '../occasions/claim';
import { readClaimed, type ClaimedOccasion } from '../occasions/claimed';
import { takeBack } from '../occasions/takeBack';
import type { Database, Store } from '../open';
import { idSet } from '../sets';
import { MATERIALIZED, membersSql } from './members';

/** A campaign to the customers of a segment. */
export interface SegmentCampaign {
	/** Names the occasions: `campaign.<name>`. */
	name: string;
	rule: Rule;
	scope: SegmentScope;
	/** The round that goes on; undefined: none, so that nobody new comes. */
	round?: { dueOn: LocalDate; expiresOn: LocalDate; hadSince: LocalDate };
	/** At most so many customers in the whole round; undefined: all. */
	mostInRound?: number;
}

/**
 * Hands out the customers of a segment who have not had the campaign yet, leased like those of the triggers: what a workflow lost comes again, at most
 * three times, unless its customer is not in the segment any more. Nobody gets the same round twice, and nobody the campaign again too soon; an
 * occasion that came to nothing, because its step was closed or it was lost, counts no longer once its window has closed. All of it is one
 * transaction: two workflows at once share the customers. Those beyond the limit come with the next call.
 */
export async function claimCampaign(store: Store, campaign: SegmentCampaign, { limit, leaseMinutes }: ClaimSettings, now: Instant): Promise<ClaimedOccasion[]> {
	const [kind, leasedUntil, { today }] = [kindOf(campaign), plusMinutes(now, leaseMinutes), campaign.scope];
	return await store.db.transaction().execute(async (db) => {
		const retaken = await takeBack(db, store.shop.id, { kinds: [kind], today, leasedUntil, limit }, now);
		const gone = await endGone(db, store.shop.id, campaign, retaken, now);
		const again = retaken.filter((id) => !gone.has(id));
		return await readClaimed(db, store.shop, [...again, ...(await claimNew({ ...store, db }, campaign, limit - again.length, leasedUntil, now))]);
	});
}

/** The ids of the customers whom `claimCampaign` would hand out for the first time; changes nothing. */
export async function previewCampaign(store: Pick<Store, 'db' | 'shop'>, campaign: SegmentCampaign, limit: number): Promise<number[]> {
	const { rows } = await sql<{ id: number }>`${candidates(store.shop.id, campaign)} order by 1 limit ${await roomIn(store, campaign, limit)}`.execute(store.db);
	return rows.map(({ id }) => id);
}

function kindOf({ name }: Pick<SegmentCampaign, 'name'>): string {
	return `campaign.${name}`;
}

/** Ends those of these occasions whose customers have left the segment since; returns their ids. */
async function endGone(db: Database, shopId: number, { rule, scope }: SegmentCampaign, occasionIds: readonly number[], now: Instant): Promise<Set<number>> {
	if (occasionIds.length === 0) return new Set();
	const { rows } = await sql<{ id: number }>`
		update occasions set state = 'settled', outcome = 'not-matched', reason = 'NOT_IN_SEGMENT', settled_at = ${now}, leased_until = null
		where id in ${idSet(occasionIds)} and customer_id not in (${membersSql(shopId, rule, scope, sql`person.id`)}) returning id`.execute(db);
	return new Set(rows.map(({ id }) => id));
}

async function claimNew(store: Store, campaign: SegmentCampaign, limit: number, leasedUntil: Instant, now: Instant): Promise<number[]> {
	const { round, scope: { today } } = campaign;
	if (round === undefined) return [];
	const { rows } = await sql<{ id: number }>`
		insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, state, claims, leased_until, acted_on, created_at)
		select ${store.shop.id}, id, ${kindOf(campaign)}, ${round.dueOn}, 1, ${round.expiresOn}, 'leased', 1, ${leasedUntil}, ${today}, ${now}
		from (${candidates(store.shop.id, campaign)} order by 1 limit ${await roomIn(store, campaign, limit)}) as chosen where true
		on conflict (customer_id, kind, due_on, stage) do nothing returning id`.execute(store.db);
	return rows.map(({ id }) => id);
}

/** How many more may be handed out. */
async function roomIn({ db, shop }: Pick<Store, 'db' | 'shop'>, campaign: SegmentCampaign, limit: number): Promise<number> {
	const { round, mostInRound } = campaign;
	if (mostInRound === undefined || round === undefined) return limit;
	const { rows } = await sql<{ count: number }>`
		select count(*) as count from occasions where shop_id = ${shop.id} and kind = ${kindOf(campaign)} and due_on = ${round.dueOn} and coalesce(outcome, '') <> 'not-matched'`.execute(db);
	return Math.max(0, Math.min(limit, mostInRound - rows[0].count));
}

/** A query for the customers of the segment who have not had the campaign. */
function candidates(shopId: number, campaign: SegmentCampaign): RawBuilder<unknown> {
	const { rule, scope, round } = campaign;
	if (round === undefined) return sql`select id from customers where 1 = 0`;
	return sql`with member as ${MATERIALIZED} (${membersSql(shopId, rule, scope, sql`person.id`)})
		select member.id from member
		where not exists (select 1 from occasions as had where had.customer_id = member.id and had.kind = ${kindOf(campaign)} and had.stage = 1
			and (had.due_on = ${round.dueOn} or (had.due_on >= ${round.hadSince} and not
				(coalesce(had.expires_on, had.due_on) < ${scope.today} and (coalesce(had.outcome, '') = 'dropped' or (coalesce(had.outcome, '') = 'held' and had.reason <> 'HOLDOUT'))))))`;
}
