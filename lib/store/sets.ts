import { sql, type RawBuilder } from 'kysely';

/** Types of a column in a set of rows. */
type ColumnType = 'text' | 'integer';

/**
 * Rows of JavaScript as a table that a query can join, in one parameter whatever their number, so that the statement's text stays the
 * same and is prepared once. Use it in a `from`: `sql\`... from ${rowSet(rows, { id: 'integer' })} as wanted\``.
 * A missing value is null.
 */
export function rowSet<Columns extends Record<string, ColumnType>>(
	rows: ReadonlyArray<{ [Column in keyof Columns]?: string | number | null }>,
	columns: Columns,
): RawBuilder<unknown> {
	const fields = Object.keys(columns).map((column) => sql`value ->> ${sql.lit(`$.${column}`)} as ${sql.ref(column)}`);
	return sql`(select ${sql.join(fields)} from json_each(${JSON.stringify(rows)}))`;
}

/** The members of `in (...)`, in one parameter whatever their number. */
export function idSet(ids: readonly number[]): RawBuilder<number> {
	return sql`(select value from json_each(${JSON.stringify(ids)}))`;
}
