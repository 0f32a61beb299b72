import { sql } from 'kysely';
import type { Instant } from '../../domain/time';
import type { Database, Store } from '../open';
import { rowSet } from '../sets';
import { matchKeyPart } from './matchKey';

/** An e-mail or number that more customers share is a workplace or the shop's own, no home. */
const HOME_AT_MOST = 8;

/** What building the households did. */
export interface HouseholdCounts {
	households: number;
	members: number;
	/** Customers whose household is another than before, or who have one no longer. */
	changed: number;
	created: number;
	dissolved: number;
}

/**
 * Finds the households anew: customers who share an e-mail or number, or an address and a last name, and those who share with them.
 * Each customer is in one at most. The same customers give the same households: one that stays keeps its id, a second run changes nothing.
 * The database finds who shares what, in one query; the threads are followed in memory, two numbers for each customer who shares anything.
 */
export async function buildHouseholds(store: Store, now: Instant): Promise<HouseholdCounts> {
	return await store.db.transaction().execute(async (db) => {
		const homes = components(await bonds(db, store.shop.id));
		const before = await present(db, store.shop.id);
		const kept = keptIds(homes, before);
		const fresh = [...homes.keys()].filter((first) => !kept.has(first));
		for (const [position, id] of (await create(db, store.shop.id, fresh, now)).entries()) kept.set(fresh[position], id);

		const wanted = new Map([...homes].flatMap(([first, members]) => members.map((id) => [id, kept.get(first) as number] as const)));
		const changes = [
			...[...wanted].filter(([id, household]) => before.get(id) !== household).map(([id, household_id]) => ({ id, household_id })),
			...[...before.keys()].filter((id) => !wanted.has(id)).map((id) => ({ id, household_id: null })),
		];
		await sql`update customers set household_id = change.household_id
			from ${rowSet(changes, { id: 'integer', household_id: 'integer' })} as change where customers.id = change.id`.execute(db);
		const dissolved = await sql<{ id: number }>`
			delete from households where shop_id = ${store.shop.id} and not exists (select 1 from customers where household_id = households.id) returning id`.execute(db);
		return { households: homes.size, members: wanted.size, changed: changes.length, created: fresh.length, dissolved: dissolved.rows.length };
	});
}

/** Who shares something with whom: each with the lowest id of those who share it. */
async function bonds(db: Database, shopId: number): Promise<Array<{ id: number; first: number }>> {
	// Written in one way and another, an address is the same: case, dots and commas do not count. Without a street it is no home.
	const address = sql`replace(replace(lower(point.value), '.', ''), ',', '')`;
	const { rows } = await sql<{ id: number; first: number }>`
		with present as (select id, ${matchKeyPart(1)} as last_name from customers
			where shop_id = ${shopId} and merged_into is null and erased_at is null),
		reachable as (
			select point.customer_id as id, point.kind, point.value, '' as last_name from contact_points as point
				cross join present on present.id = point.customer_id
				where point.shop_id = ${shopId} and point.kind in ('email', 'phone')
			union all
			select point.customer_id, point.kind, ${address}, present.last_name from contact_points as point
				cross join present on present.id = point.customer_id
				where point.shop_id = ${shopId} and point.kind = 'address' and point.value like '{"street":%"town":%'),
		shared as (select id, min(id) over same as first, count(*) over same as sharing, kind from reachable
			window same as (partition by kind, value, last_name))
		select distinct id, first from shared where id <> first and sharing <= ${HOME_AT_MOST}`.execute(db);
	return rows;
}

/** Groups of customers held together by bonds, each by its lowest id. */
function components(pairs: ReadonlyArray<{ id: number; first: number }>): Map<number, number[]> {
	const above = new Map<number, number>();
	const top = (id: number): number => {
		let found = id;
		for (let next = above.get(found); next !== undefined; next = above.get(found)) found = next;
		// Next time the way is short.
		for (let at = id; at !== found; ) {
			const next = above.get(at) as number;
			above.set(at, found);
			at = next;
		}
		return found;
	};
	const people = new Set<number>();
	for (const { id, first } of pairs) {
		people.add(id).add(first);
		const [one, other] = [top(id), top(first)];
		if (one !== other) above.set(Math.max(one, other), Math.min(one, other));
	}
	const sorted = [...people].sort((one, other) => one - other);
	return Map.groupBy(sorted, top);
}

async function present(db: Database, shopId: number): Promise<Map<number, number>> {
	const { rows } = await sql<{ id: number; household_id: number }>`
		select id, household_id from customers where shop_id = ${shopId} and household_id is not null order by id`.execute(db);
	return new Map(rows.map(({ id, household_id }) => [id, household_id]));
}

/** A home keeps the lowest id that its members have, unless a home with an older member has taken it. */
function keptIds(homes: ReadonlyMap<number, number[]>, before: ReadonlyMap<number, number>): Map<number, number> {
	const taken = new Set<number>();
	const kept = new Map<number, number>();
	for (const [first, members] of homes) {
		const known = members.flatMap((id) => before.get(id) ?? []).filter((id) => !taken.has(id));
		if (known.length === 0) continue;
		const id = known.reduce((least, one) => Math.min(least, one));
		taken.add(id);
		kept.set(first, id);
	}
	return kept;
}

/** New households, named after these customers; ids in the order given. */
async function create(db: Database, shopId: number, customerIds: readonly number[], now: Instant): Promise<number[]> {
	const { rows } = await sql<{ id: number }>`
		insert into households (shop_id, name, created_at)
		select ${shopId}, customers.last_name, ${now} from ${rowSet(customerIds.map((id, position) => ({ id, position })), { id: 'integer', position: 'integer' })} as first
			cross join customers on customers.id = first.id
		order by first.position returning id`.execute(db);
	// One statement hands out rising ids in the order of its rows; the order of `returning` itself is not promised.
	return rows.map(({ id }) => id).sort((one, other) => one - other);
}
