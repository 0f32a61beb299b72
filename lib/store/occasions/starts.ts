import { sql } from 'kysely';
import type { LocalDate } from '../../domain/time';
import type { Database, Store } from '../open';
import { rowSet } from '../sets';

/** Since when a kind is looked for. */
export interface OccasionStart {
	kind: string;
	/** What was due before this day is not looked for. */
	startsOn: LocalDate;
	/** The day on which the kind was looked for first. */
	activatedOn: LocalDate;
	/** How many customers were due in the three years before `startsOn` and were left out. */
	leftOut: number;
}

/** A start never changes, so each process reads it once: a search for who is due needs no statement for it. */
const known = new WeakMap<Database, Map<string, OccasionStart>>();

/** The starts of these kinds, as far as there are any; read from the store where this process does not know them yet. */
export async function occasionStarts({ db, shop }: Pick<Store, 'db' | 'shop'>, kinds: readonly string[]): Promise<Map<string, OccasionStart>> {
	let starts = known.get(db);
	if (!starts) known.set(db, (starts = new Map()));
	if (kinds.some((kind) => !starts.has(keyOf(shop.id, kind)))) {
		for (const start of await allStarts({ db, shop })) starts.set(keyOf(shop.id, start.kind), start);
	}
	return new Map(kinds.flatMap((kind) => {
		const start = starts.get(keyOf(shop.id, kind));
		return start ? [[kind, start]] : [];
	}));
}

/** The starts of all kinds that a trigger has ever looked for in this shop. */
export async function allStarts({ db, shop }: Pick<Store, 'db' | 'shop'>): Promise<OccasionStart[]> {
	const { rows } = await sql<{ kind: string; starts_on: string; activated_on: string; left_out: number }>`
		select kind, starts_on, activated_on, left_out from occasion_starts where shop_id = ${shop.id} order by kind`.execute(db);
	return rows.map((row) => ({ kind: row.kind, startsOn: row.starts_on, activatedOn: row.activated_on, leftOut: row.left_out }));
}

/** Enters starts. Where another process was quicker, its entry stays. */
export async function enterStarts({ db, shop }: Pick<Store, 'db' | 'shop'>, starts: readonly OccasionStart[]): Promise<void> {
	if (starts.length === 0) return;
	const rows = starts.map(({ kind, startsOn, activatedOn, leftOut }) => ({ kind, starts_on: startsOn, activated_on: activatedOn, left_out: leftOut }));
	await sql`
		insert into occasion_starts (shop_id, kind, starts_on, activated_on, left_out)
		select ${shop.id}, kind, starts_on, activated_on, left_out
		from ${rowSet(rows, { kind: 'text', starts_on: 'text', activated_on: 'text', left_out: 'integer' })} as begun where true
		on conflict (shop_id, kind) do nothing`.execute(db);
}

function keyOf(shopId: number, kind: string): string {
	return `${shopId} ${kind}`;
}
