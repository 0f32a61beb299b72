import { sql, type RawBuilder } from 'kysely';
import type { Rule, SegmentScope } from '../../domain/segment';
import { factDefinition, type FactName, type FactValue, type SegmentFacts } from '../../domain/segmentFacts';
import { bothWays } from '../dialect';
import type { Store } from '../open';
import { idSet } from '../sets';
import { factSql, type Need } from './factSql';
import { needsOf, needsOfRule, ruleSql, valueSql } from './ruleSql';
import { sourceSql, type SourceName } from './sources';

type Fragment = RawBuilder<unknown>;
/** PostgreSQL, where it knows little of a table, would reckon a source anew for each customer; SQLite reads it along with them. */
export const MATERIALIZED = bothWays(sql``, sql`materialized`);

type Shop = Pick<Store, 'db' | 'shop'>;

/** How many customers of the shop are in a segment, in one statement. The dead, the erased and those merged into another are in none. */
export async function countSegment({ db, shop }: Shop, rule: Rule, scope: SegmentScope): Promise<number> {
	const { rows } = await sql<{ size: number }>`${membersSql(shop.id, rule, scope, sql`count(*) as size`)}`.execute(db);
	return rows[0].size;
}

/** The ids of a segment's customers in ascending order, in one statement. */
export async function segmentMembers({ db, shop }: Shop, rule: Rule, scope: SegmentScope, limit = Number.MAX_SAFE_INTEGER): Promise<number[]> {
	const { rows } = await sql<{ id: number }>`${membersSql(shop.id, rule, scope, sql`person.id`)} order by person.id limit ${limit}`.execute(db);
	return rows.map(({ id }) => id);
}

/** The number of customers that a segment is a part of. */
export async function countCustomers({ db, shop }: Shop): Promise<number> {
	const { rows } = await sql<{ size: number }>`select count(*) as size from customers as person where ${present(shop.id)}`.execute(db);
	return rows[0].size;
}

/** The facts of these customers, in one statement whatever their number. Whom the shop does not know is missing, as are the dead, the erased and the merged. */
export async function segmentFacts({ db, shop }: Shop, customerIds: readonly number[], facts: readonly FactName[], scope: SegmentScope): Promise<Map<number, SegmentFacts>> {
	const needs = facts.flatMap((fact) => needsOf(factSql(fact, scope)));
	const values = facts.map((fact) => sql`, ${valueSql(fact, scope)} as ${sql.ref(fact)}`);
	const { rows } = await sql<Record<FactName, string | number | null> & { id: number }>`
		${withSources(shop.id, needs, scope, sql`and piece.customer_id in ${idSet(customerIds)}`)}
		select person.id ${sql.join(values, sql` `)} from customers as person ${joined(needs)}
		where ${present(shop.id)} and person.id in ${idSet(customerIds)}`.execute(db);
	const told = (fact: FactName, value: string | number | null): FactValue => (factDefinition(fact).type === 'yesNo' ? value === 1 : value);
	return new Map(rows.map((row) => [row.id, Object.fromEntries(facts.map((fact) => [fact, told(fact, row[fact])])) as SegmentFacts]));
}

/** A query for the customers of a segment; what it selects of `person` is said by the caller. */
export function membersSql(shopId: number, rule: Rule, scope: SegmentScope, selected: Fragment): Fragment {
	const needs = needsOfRule(rule, scope);
	return sql`${withSources(shopId, needs, scope)} select ${selected} from customers as person ${joined(needs)}
		where ${present(shopId)} and ${ruleSql(rule, scope)}`;
}

function present(shopId: number): Fragment {
	return sql`${bothWays(sql`+`, sql``)}person.shop_id = ${shopId} and person.merged_into is null and person.erased_at is null and person.deceased = 0`;
}

/** The sources with the columns that are needed, and no others: each reads only the rows that these columns look at. */
export function withSources(shopId: number, needs: readonly Need[], scope: SegmentScope, only: Fragment = sql``): Fragment {
	const sources = [...bySource(needs)].map(([name, columns]) => sql`${sql.ref(name)} as ${MATERIALIZED} (${sourceSql(name, columns, shopId, scope, only)})`);
	return sources.length === 0 ? sql`` : sql`with ${sql.join(sources)}`;
}

function joined(needs: readonly Need[]): Fragment {
	const sources = [...bySource(needs).keys()].map((name) => sql`left join ${sql.ref(name)} on ${sql.ref(`${name}.customer_id`)} = person.id`);
	return sources.length === 0 ? sql`` : sql.join(sources, sql` `);
}

function bySource(needs: readonly Need[]): Map<SourceName, string[]> {
	const columns = Map.groupBy(new Set(needs), (need) => need.slice(0, need.indexOf('.')) as SourceName);
	return new Map([...columns].map(([name, named]) => [name, named.map((need) => need.slice(name.length + 1))]));
}
