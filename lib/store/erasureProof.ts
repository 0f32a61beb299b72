import { sql, type RawBuilder } from 'kysely';
import { fold } from '../domain/text';
import { bothWays } from './dialect';
import type { FormerValue } from './formerValues';
import type { Database } from './open';

/** Where a former value of an erased customer still stands. */
export interface Leftover {
	table: string;
	column: string;
	/** Its id, or where it lies in a table without ids. */
	row: number | string;
	customerId: number;
}

/** The proof of an erasure: what was searched, and what was found. */
export interface ErasureProof {
	tables: number;
	columns: number;
	rows: number;
	/** How many names, days, codes, addresses and numbers were looked for. */
	values: number;
	/** Empty when the erasure is complete. */
	left: Leftover[];
	/** The same values in rows of other customers, who keep theirs: a shared number, a namesake. */
	ofOthers: number;
}

/** Columns that name staff, who may be namesakes of a customer. */
const STAFF = new Set(['who', 'operator', 'examiner', 'staff', 'entered_by', 'signature']);
/** Rows that are read at once; between two pages other work has its turn. */
const PAGE = 2000;

/** Searches every text column of every table of the store for what erased customers were known by, whatever the case, accents and punctuation. */
export async function searchFormerValues(db: Database, former: readonly FormerValue[]): Promise<ErasureProof> {
	const proof: ErasureProof = { tables: 0, columns: 0, rows: 0, values: former.length, left: [], ofOthers: 0 };
	const byFirstWord = Map.groupBy(former, ({ value }) => value.split(' ', 1)[0]);
	for (const table of await tablesOf(db)) {
		proof.tables++;
		proof.columns += table.searched.length;
		for (let after: FoundRow['place'] | undefined; ; ) {
			const rows = await pageOf(db, table, after);
			if (rows.length === 0) break;
			after = rows[rows.length - 1].place;
			proof.rows += rows.length;
			for (const row of rows) for (const column of table.searched) note(proof, byFirstWord, { table: table.name, column, row });
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
	return proof;
}

type FoundRow = Record<string, string | number | null> & { place: string | number; row_id: string | number };

function note(proof: ErasureProof, byFirstWord: ReadonlyMap<string, FormerValue[]>, { table, column, row }: { table: string; column: string; row: FoundRow }): void {
	const cell = row[column];
	if (cell === null || cell === '') return;
	const folded = fold(String(cell));
	for (const word of new Set(folded.split(' '))) {
		for (const { customerId, value, ownRowsOnly } of byFirstWord.get(word) ?? []) {
			if ((ownRowsOnly && row.owner !== customerId) || !` ${folded} `.includes(` ${value} `)) continue;
			if (row.owner !== null && row.owner !== customerId) proof.ofOthers++;
			else proof.left.push({ table, column, row: row.row_id, customerId });
		}
	}
}

interface Table {
	name: string;
	/** Text columns that may hold personal data. */
	searched: string[];
	/** Whose row it is: the customer's id, or null. */
	owner: RawBuilder<unknown>;
	/** What a row is called by in the proof. */
	row: RawBuilder<unknown>;
}

/** Where a row lies, whatever its key: for reading page by page. */
const PLACE = bothWays(sql`rowid`, sql`ctid`);

/** The tables with their text columns, as the database itself knows them: a table of tomorrow is searched too. */
async function tablesOf(db: Database): Promise<Table[]> {
	const { rows } = await sql<{ table: string; column: string; type: string }>`${bothWays(
		sql`select tables.name as "table", columns.name as "column", columns.type from sqlite_schema as tables, pragma_table_info(tables.name) as columns
			where tables.type = 'table' and tables.name not like 'sqlite\\_%' escape '\\'`,
		sql`select table_name as "table", column_name as "column", data_type as type from information_schema.columns
			where table_schema = current_schema() order by table_name, ordinal_position`,
	)}`.execute(db);
	return [...Map.groupBy(rows, ({ table }) => table)].map(([name, columns]) => {
		const has = (wanted: string) => columns.some(({ column }) => column === wanted);
		return {
			name,
			searched: columns.filter(({ column, type }) => type.toLowerCase() === 'text' && !STAFF.has(column)).map(({ column }) => column),
			owner: name === 'customers' ? sql`id` : name === 'message_history' ? sql`(select customer_id from messages where messages.id = message_id)` : has('customer_id') ? sql`customer_id` : sql`null`,
			row: has('id') ? sql`id` : bothWays(sql`rowid`, sql`ctid::text`),
		};
	});
}

async function pageOf(db: Database, { name, searched, owner, row }: Table, after: FoundRow['place'] | undefined): Promise<FoundRow[]> {
	const later = after === undefined ? sql`` : sql`where ${PLACE} > ${bothWays(sql`${after}`, sql`${after}::tid`)}`;
	const { rows } = await sql<FoundRow>`
		select ${bothWays(sql`rowid`, sql`ctid::text`)} as place, ${row} as row_id, ${owner} as owner${sql.join(searched.map((column) => sql`, ${sql.ref(column)}`), sql``)}
		from ${sql.table(name)} ${later} order by ${PLACE} limit ${sql.lit(PAGE)}`.execute(db);
	return rows;
}
