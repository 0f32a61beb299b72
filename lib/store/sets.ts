import { sql, type RawBuilder } from 'kysely';
import { bothWays } from './dialect';

/** The columns of a set as they stand in `insert into` and `select`. */
export function columnList(columns: Readonly<Record<string, unknown>>): RawBuilder<unknown> {
	return sql.raw(Object.keys(columns).map((column) => `"${column}"`).join(', '));
}

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
	const filled = Object.keys(columns).filter((name) => rows.some((row) => (row[name] ?? null) !== null));
	const list = rows.map((row) => filled.map((name) => row[name]));
	const { sqlite, postgres } = fieldsOf(columns, filled);
	return bothWays(
		sql`(select ${sqlite} from ${EACH_ROW}(${JSON.stringify(list)}))`,
		() => sql`(select ${postgres} from ${elements(list.map((row) => JSON.stringify(row)), 'jsonb')})`,
	);
}

/** What stands between `select` and `from`, for each of the two databases. */
interface Fields {
	sqlite: RawBuilder<unknown>;
	postgres: RawBuilder<unknown>;
}

/** Of the same columns it is made once for each choice of those that are filled. */
const known = new WeakMap<object, Map<string, Fields>>();

function fieldsOf(columns: Readonly<Record<string, ColumnType>>, filled: readonly string[]): Fields {
	const ofColumns = known.get(columns) ?? new Map<string, Fields>();
	known.set(columns, ofColumns);
	const key = filled.join();
	let fields = ofColumns.get(key);
	if (!fields) ofColumns.set(key, (fields = writeFields(columns, filled)));
	return fields;
}

function writeFields(columns: Readonly<Record<string, ColumnType>>, filled: readonly string[]): Fields {
	// Written as text: a search for who is due has dozens of such sets, and builders for each of their columns would take longer than the search.
	const fields = (field: (position: number, type: ColumnType) => string) => sql.raw(Object.entries(columns).map(([name, type]) => {
		const position = filled.indexOf(name);
		return `${position < 0 ? `cast(null as ${type})` : field(position, type)} as "${name}"`;
	}).join(', '));
	return { sqlite: fields((position) => `value ->> ${position}`), postgres: fields((position, type) => `cast(value ->> ${position} as ${type})`) };
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
