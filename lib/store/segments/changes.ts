import { sql } from 'kysely';
import type { Rule, SegmentScope } from '../../domain/segment';
import { plusMinutes, type Instant, type LocalDate } from '../../domain/time';
import type { Database, Store } from '../open';
import type { ClaimSettings } from '../occasions/claim';
import { readClaimed, type ClaimedOccasion } from '../occasions/claimed';
import { takeBack } from '../occasions/takeBack';
import { idSet } from '../sets';
import { MATERIALIZED, membersSql } from './members';

/** A segment whose changes are followed. */
export interface SegmentWatch {
	/** Names what is remembered, and the occasions: `campaign.<name>`. */
	name: string;
	rule: Rule;
	scope: SegmentScope;
	/** Which changes are handed out: who has come into the segment, or who has left it. */
	change: 'entered' | 'left';
	/** The last day of the occasions. */
	expiresOn: LocalDate;
}

/** What a look at a watched segment found. */
export interface SegmentChanges {
	/** The segment was not watched before, or was defined otherwise: its members were remembered, and nobody counts as changed. */
	began: boolean;
	/** Members that are remembered now. */
	members: number;
	occasions: ClaimedOccasion[];
}

/**
 * Compares a segment with its members at the last look, remembers who is in it now, and hands out the changes as occasions, leased like those of
 * the triggers: what a workflow lost comes again, at most three times. All of it is one transaction. Changes beyond the limit come with the next call.
 */
export async function claimSegmentChanges(store: Store, watch: SegmentWatch, settings: ClaimSettings, now: Instant): Promise<SegmentChanges> {
	const kind = `campaign.${watch.name}`;
	const leasedUntil = plusMinutes(now, settings.leaseMinutes);
	return await store.db.transaction().execute(async (transaction) => {
		const again = await takeBack(transaction, store.shop.id, { kinds: [kind], today: watch.scope.today, leasedUntil, limit: settings.limit }, now);
		const room = settings.limit - again.length;
		const began = await beginWatch({ ...store, db: transaction }, watch, now);
		// Nobody is forgotten who has left a segment without being handed out: of the other direction all is remembered at once.
		const entered = began ? [] : await remember(transaction, store.shop.id, watch, watch.change === 'entered' ? room : undefined);
		const left = began ? [] : await forget(transaction, store.shop.id, watch, watch.change === 'left' ? room : undefined);
		const { rows } = await sql<{ id: number }>`
			insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, state, claims, leased_until, acted_on, created_at)
			select ${store.shop.id}, id, ${kind}, ${watch.scope.today}, 1, ${watch.expiresOn}, 'leased', 1, ${leasedUntil}, ${watch.scope.today}, ${now}
			from customers where id in ${idSet(watch.change === 'entered' ? entered : left)} and merged_into is null and erased_at is null and deceased = 0
			on conflict (customer_id, kind, due_on, stage) do nothing returning id`.execute(transaction);
		const members = await sql<{ count: number }>`select count(*) as count from segment_members where shop_id = ${store.shop.id} and name = ${watch.name}`.execute(transaction);
		return { began, members: members.rows[0].count, occasions: await readClaimed(transaction, store.shop, [...again, ...rows.map(({ id }) => id)]) };
	});
}

/** Begins a watch, or begins it anew where its definition has changed. Returns whether it did. */
async function beginWatch({ db, shop }: Store, watch: SegmentWatch, now: Instant): Promise<boolean> {
	if ((await definitionOf(db, shop.id, watch.name)) === definition(watch)) return false;
	await sql`delete from segment_members where shop_id = ${shop.id} and name = ${watch.name}`.execute(db);
	await remember(db, shop.id, watch);
	await sql`insert into segment_watches (shop_id, name, definition, began_at) values (${shop.id}, ${watch.name}, ${definition(watch)}, ${now})
		on conflict (shop_id, name) do update set definition = excluded.definition, began_at = excluded.began_at`.execute(db);
	return true;
}

async function definitionOf(db: Database, shopId: number, name: string): Promise<string | undefined> {
	const { rows } = await sql<{ definition: string }>`select definition from segment_watches where shop_id = ${shopId} and name = ${name}`.execute(db);
	return rows[0]?.definition;
}

function definition({ rule, scope: { settings } }: SegmentWatch): string {
	return JSON.stringify({ rule, settings });
}

async function remember(db: Database, shopId: number, watch: SegmentWatch, limit?: number): Promise<number[]> {
	const { rows } = await sql<{ customer_id: number }>`
		insert into segment_members (shop_id, name, customer_id)
		select ${shopId}, ${watch.name}, id from (${newMembers(shopId, watch)} order by 1 ${limited(limit)}) as entered where true
		returning customer_id`.execute(db);
	return rows.map(({ customer_id: id }) => id);
}

async function forget(db: Database, shopId: number, watch: SegmentWatch, limit?: number): Promise<number[]> {
	const { rows } = await sql<{ customer_id: number }>`
		delete from segment_members where shop_id = ${shopId} and name = ${watch.name}
			and customer_id in (select id from (${formerMembers(shopId, watch)} order by 1 ${limited(limit)}) as gone)
		returning customer_id`.execute(db);
	return rows.map(({ customer_id: id }) => id);
}

function limited(limit: number | undefined) {
	return limit === undefined ? sql`` : sql`limit ${limit}`;
}

function newMembers(shopId: number, watch: SegmentWatch) {
	return sql`with member as ${MATERIALIZED} (${membersSql(shopId, watch.rule, watch.scope, sql`person.id`)})
		select member.id from member
		where not exists (select 1 from segment_members as known where known.shop_id = ${shopId} and known.name = ${watch.name} and known.customer_id = member.id)`;
}

function formerMembers(shopId: number, watch: SegmentWatch) {
	return sql`with member as ${MATERIALIZED} (${membersSql(shopId, watch.rule, watch.scope, sql`person.id`)})
		select known.customer_id as id from segment_members as known left join member on member.id = known.customer_id
		where known.shop_id = ${shopId} and known.name = ${watch.name} and member.id is null`;
}
