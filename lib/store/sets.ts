import { sql, type RawBuilder } from 'kysely';
import { bothWays } from './dialect';

/** Types of a column in a set of rows. */
type ColumnType = 'text' | 'integer';

/** `jsonb_each` parses the rows once, not once for each row and again for each column; SQLite has it from 3.51 on. */
const EACH_ROW = sql.raw(Number(process.versions.sqlite?.split('.')[1] ?? 0) >= 51 ? 'jsonb_each' : 'json_each');

/**
 * Rows of JavaScript as a table that a query can join, in one parameter whatever their number, so that the statement's text stays the
 * same and is prepared once. Use it in a `from`: `sql\`... from ${rowSet(rows, { id: 'integer' })} as wanted\``.
 * Give it a name: PostgreSQL before 16 wants one. A missing value is null. Columns that no row fills are not sent: most records of the ledger fill half of theirs.
 */
export function rowSet<Columns extends Record<string, ColumnType>>(
	rows: ReadonlyArray<{ [Column in keyof Columns]?: string | number | null }>,
	columns: Columns,
): RawBuilder<unknown> {
	const names = Object.keys(columns);
	const filled = names.filter((name) => rows.some((row) => (row[name] ?? null) !== null));
	const list = rows.map((row) => filled.map((name) => row[name]));
	// Written as text: a search for who is due has dozens of such sets, and builders for each of their columns would take longer than the search.
	const fields = (field: (position: number, type: ColumnType) => string) =>
		sql.raw(names.map((name) => `${filled.includes(name) ? field(filled.indexOf(name), columns[name]) : `cast(null as ${columns[name]})`} as "${name}"`).join(', '));
	return bothWays(
		sql`(select ${fields((position) => `value ->> ${position}`)} from ${EACH_ROW}(${JSON.stringify(list)}))`,
		() => sql`(select ${fields((position, type) => `cast(value ->> ${position} as ${type})`)} from ${elements(list.map((row) => JSON.stringify(row)), 'jsonb')})`,
	);
}

/** Values as a table with the column `value`. Of an array the planner knows how many it holds; of a JSON list it takes a hundred for granted, and goes through whole tables for a handful. */
function elements(values: readonly string[], type: 'jsonb' | 'integer' | 'text'): RawBuilder<unknown> {
	const literal = `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
	return sql`unnest(cast(${literal} as ${sql.raw(type)}[])) as element (value)`;
}

/**
 * The members of `in (...)`, in one parameter whatever their number. Where ids are given, the shop is written `+shop_id = ...`: the plus
 * keeps SQLite, which takes shops for small, from going through all rows of the shop by an index that begins with it.
 */
export function idSet(ids: readonly number[]): RawBuilder<number> {
	return bothWays(sql`(select value from json_each(${JSON.stringify(ids)}))`, () => sql`(select value from ${elements(ids.map(String), 'integer')})`);
}

/** The same for texts. */
export function textSet(texts: readonly string[]): RawBuilder<string> {
	return bothWays(sql`(select value from json_each(${JSON.stringify(texts)}))`, () => sql`(select value from ${elements(texts, 'text')})`);
}
