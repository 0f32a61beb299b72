import { sql } from 'kysely';
import type { Measure, PurchaseHistory, SegmentScope, ValueCuts } from '../../domain/segment';
import type { LocalDate } from '../../domain/time';
import { shopInOrder } from '../dialect';
import type { Store } from '../open';
import type { Need } from './factSql';
import { withSources } from './members';

type Shop = Pick<Store, 'db' | 'shop'>;

/** Buyers that a purchase model learns from: more make it slower, not better. */
const MOST_HISTORIES = 10_000;

/** The column that buyers are ranked by. */
const COLUMN: Record<Measure, string> = { recency: 'last_on', frequency: 'purchases', monetary: 'spent' };

/**
 * Where the scores of the shop's own buyers begin, in one statement. A score tells in which fifth of the buyers a value lies; equal values
 * lie where the middle one of them does, so that they have equal scores.
 */
export async function valueCuts({ db, shop }: Shop, scope: SegmentScope, measures: readonly Measure[]): Promise<ValueCuts> {
	if (measures.length === 0) return {};
	const ranked = measures.map((measure) => sql`
		select ${measure} as measure, fifth, cast(min(value) as text) as cut from (
			select value, floor(5.0 * (sum(buyers) over (order by value) - buyers / 2.0) / sum(buyers) over ()) as fifth
			from (select ${sql.ref(COLUMN[measure])} as value, count(*) as buyers from bought group by ${sql.ref(COLUMN[measure])}) as histogram
		) as ranked group by fifth`);
	const { rows } = await sql<{ measure: Measure; fifth: number; cut: string }>`
		${withSources(shop.id, measures.map((measure): Need => `bought.${COLUMN[measure]}`), scope)} ${sql.join(ranked, sql` union all `)}`.execute(db);
	// A fifth that equal values have swallowed begins with the next one that is there.
	const cutsOf = (measure: Measure) => [1, 2, 3, 4].map((fifth) =>
		rows.filter((row) => row.measure === measure && row.fifth >= fifth).sort((one, other) => one.fifth - other.fifth)[0]?.cut ?? null);
	const numbers = (cuts: Array<string | null>) => cuts.map((cut) => (cut === null ? null : Number(cut)));
	return Object.fromEntries(measures.map((measure) => [measure, measure === 'recency' ? cutsOf(measure) : numbers(cutsOf(measure))]));
}

/** Purchase histories of the shop's customers, of every n-th where they are many, alike ones as one row, in two statements. */
export async function purchaseHistories({ db, shop }: Shop, scope: SegmentScope): Promise<PurchaseHistory[]> {
	const customers = await sql<{ most: number }>`select count(*) as most from customers where ${shopInOrder()} = ${shop.id}`.execute(db);
	const step = Math.max(1, Math.floor(customers.rows[0].most / MOST_HISTORIES));
	const { rows } = await sql<{ purchases: number; first_on: LocalDate; last_on: LocalDate; customers: number }>`
		${withSources(shop.id, ['bought.purchases', 'bought.first_on', 'bought.last_on'], scope, sql`and piece.customer_id % ${sql.lit(step)} = 0`)}
		select bought.purchases, bought.first_on, bought.last_on, count(*) as customers
		from bought join customers as person on person.id = bought.customer_id and person.merged_into is null and person.erased_at is null
		group by bought.purchases, bought.first_on, bought.last_on
		order by bought.purchases, bought.first_on, bought.last_on`.execute(db);
	return rows.map(({ purchases, first_on: firstOn, last_on: lastOn, customers: alike }) => ({ purchases, firstOn, lastOn, customers: alike }));
}
