import { sql, type RawBuilder } from 'kysely';

/** Types of a column in a set of rows. */
type ColumnType = 'text' | 'integer';

/** `jsonb_each` parses the rows once, not once for each row and again for each column; SQLite has it from 3.51 on. */
const EACH_ROW = sql.raw(Number(process.versions.sqlite?.split('.')[1] ?? 0) >= 51 ? 'jsonb_each' : 'json_each');

/**
 * Rows of JavaScript as a table that a query can join, in one parameter whatever their number, so that the statement's text stays the
 * same and is prepared once. Use it in a `from`: `sql\`... from ${rowSet(rows, { id: 'integer' })} as wanted\``.
 * A missing value is null. Columns that no row fills are not sent: most records of the ledger fill half of theirs.
 */
export function rowSet<Columns extends Record<string, ColumnType>>(
	rows: ReadonlyArray<{ [Column in keyof Columns]?: string | number | null }>,
	columns: Columns,
): RawBuilder<unknown> {
	const names = Object.keys(columns);
	const filled = names.filter((name) => rows.some((row) => (row[name] ?? null) !== null));
	const fields = names.map((name) => sql`${filled.includes(name) ? sql`value ->> ${sql.lit(filled.indexOf(name))}` : sql.lit(null)} as ${sql.ref(name)}`);
	const values = rows.map((row) => filled.map((name) => row[name]));
	return sql`(select ${sql.join(fields)} from ${EACH_ROW}(${JSON.stringify(values)}))`;
}

/**
 * The members of `in (...)`, in one parameter whatever their number. Where ids are given, the shop is written `+shop_id = ...`: the plus
 * keeps SQLite, which takes shops for small, from going through all rows of the shop by an index that begins with it.
 */
export function idSet(ids: readonly number[]): RawBuilder<number> {
	return sql`(select value from json_each(${JSON.stringify(ids)}))`;
}
