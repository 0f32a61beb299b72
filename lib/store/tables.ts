import { sql } from 'kysely';
import { bothWays } from './dialect';
import type { Database } from './open';

/** A table as the database itself knows it. */
export interface Table {
	name: string;
	columns: Array<{ name: string; type: 'text' | 'integer' }>;
}

/** A row with its place, by which the next page begins. */
export type PlacedRow = Record<string, string | number | null> & { place: string | number };

/** Rows that are read at once. */
const PAGE = 2000;
/** Where a row lies, whatever its key. */
const PLACE = bothWays(sql`rowid`, sql`ctid`);

/** All tables of the store: one of tomorrow is there too. */
export async function tablesOf(db: Database): Promise<Table[]> {
	const { rows } = await sql<{ table: string; name: string; type: string }>`${bothWays(
		sql`select tables.name as "table", columns.name as "name", columns.type from sqlite_schema as tables, pragma_table_info(tables.name) as columns
			where tables.type = 'table' and tables.name not like 'sqlite\\_%' escape '\\'`,
		sql`select table_name as "table", column_name as "name", data_type as type from information_schema.columns
			where table_schema = current_schema() order by table_name, ordinal_position`,
	)}`.execute(db);
	return [...Map.groupBy(rows, ({ table }) => table)].map(([table, columns]) => ({
		name: table,
		columns: columns.map(({ name, type }) => ({ name, type: type.toLowerCase() === 'text' ? 'text' : 'integer' })),
	}));
}

/** Reads a whole table page by page, in the order in which it lies. */
export async function* pagesOf(db: Database, table: string, columns: readonly unknown[]): AsyncGenerator<PlacedRow[]> {
	for (let after: PlacedRow['place'] | undefined; ; ) {
		const later = after === undefined ? sql`` : sql`where ${PLACE} > ${bothWays(sql`${after}`, sql`${after}::tid`)}`;
		const { rows } = await sql<PlacedRow>`
			select ${bothWays(sql`rowid`, sql`ctid::text`)} as place${sql.join(columns.map((column) => sql`, ${column}`), sql``)}
			from ${sql.table(table)} ${later} order by ${PLACE} limit ${sql.lit(PAGE)}`.execute(db);
		if (rows.length === 0) return;
		after = rows[rows.length - 1].place;
		yield rows;
	}
}
