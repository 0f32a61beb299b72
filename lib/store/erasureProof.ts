import { sql, type RawBuilder } from 'kysely';
import { fold } from '../domain/text';
import type { FormerValue } from './formerValues';
import type { Database } from './open';

/** Where a former value of an erased customer still stands. */
export interface Leftover {
	table: string;
	column: string;
	/** Row id in the table. */
	row: number;
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
	for (const [table, columns] of await textColumns(db)) {
		const searched = columns.filter((column) => !STAFF.has(column));
		proof.tables++;
		proof.columns += searched.length;
		for (let after = 0; ; ) {
			const rows = await pageOf(db, table, searched, after);
			if (rows.length === 0) break;
			after = rows[rows.length - 1].row_id as number;
			proof.rows += rows.length;
			for (const row of rows) for (const column of searched) note(proof, byFirstWord, { table, column, row });
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
	return proof;
}

type FoundRow = Record<string, string | number | null>;

function note(proof: ErasureProof, byFirstWord: ReadonlyMap<string, FormerValue[]>, { table, column, row }: { table: string; column: string; row: FoundRow }): void {
	const cell = row[column];
	if (cell === null || cell === '') return;
	const folded = fold(String(cell));
	for (const word of new Set(folded.split(' '))) {
		for (const { customerId, value, ownRowsOnly } of byFirstWord.get(word) ?? []) {
			if ((ownRowsOnly && row.owner !== customerId) || !` ${folded} `.includes(` ${value} `)) continue;
			if (row.owner !== null && row.owner !== customerId) proof.ofOthers++;
			else proof.left.push({ table, column, row: row.row_id as number, customerId });
		}
	}
}

/** The tables with their text columns, as the database itself knows them: a table of tomorrow is searched too. */
async function textColumns(db: Database): Promise<Map<string, string[]>> {
	const { rows } = await sql<{ table: string; column: string }>`
		select tables.name as "table", columns.name as "column" from sqlite_schema as tables, pragma_table_info(tables.name) as columns
		where tables.type = 'table' and tables.name not like 'sqlite\\_%' escape '\\' and columns.type = 'TEXT'`.execute(db);
	return new Map([...Map.groupBy(rows, ({ table }) => table)].map(([table, columns]) => [table, columns.map(({ column }) => column)]));
}

async function pageOf(db: Database, table: string, columns: readonly string[], after: number): Promise<FoundRow[]> {
	const { rows } = await sql<FoundRow>`
		select rowid as row_id, ${await ownerOf(db, table)} as owner${sql.join(columns.map((column) => sql`, ${sql.ref(column)}`), sql``)}
		from ${sql.table(table)} where rowid > ${after} order by rowid limit ${sql.lit(PAGE)}`.execute(db);
	return rows;
}

/** Whose row it is: the customer's id, or null. */
async function ownerOf(db: Database, table: string): Promise<RawBuilder<unknown>> {
	if (table === 'customers') return sql`id`;
	if (table === 'message_history') return sql`(select customer_id from messages where messages.id = message_id)`;
	const { rows } = await sql`select 1 from pragma_table_info(${table}) where name = 'customer_id'`.execute(db);
	return rows.length > 0 ? sql`customer_id` : sql`null`;
}
