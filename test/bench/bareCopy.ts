import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** The tables that an import of customers fills, and the column in which each row tells whose it is. */
const TABLES = { customers: 'id', contact_points: 'customer_id', consents: 'customer_id', consent_heads: 'customer_id' } as const;
type Table = keyof typeof TABLES;
const NAMES = Object.keys(TABLES) as Table[];
/** Customers of one transaction, as many as the rows that an import writes in one. */
const BATCH = 1000;

type Value = string | number | null;
/** For each table the rows of one transaction. */
type Batch = Value[][][];

/**
 * The baseline of an import: what stands in the store after it is inserted bare into another store with the same schema and indexes. Every
 * value is ready (nothing is read, checked, compared or hashed), each table has one prepared statement, and what a power cut could cost is
 * the same: the same pragmas, and a commit for as many customers as in the import. A baseline with fewer commits would be a faster one that
 * keeps less; one that also had to read the file would be slower than what is asked.
 */
export class BareCopy {
	private readonly source: DatabaseSync;
	private readonly target: DatabaseSync;
	private readonly inserts: StatementSync[];
	private batches: Batch[] = [];
	private lastId = 0;

	/** @param source file of the store that is imported into  @param target file of a store with the same shop and nothing else */
	constructor(source: string, target: string) {
		this.source = new DatabaseSync(source, { readOnly: true });
		this.target = new DatabaseSync(target);
		this.target.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -65536; pragma temp_store = memory');
		this.inserts = NAMES.map((table) => {
			const columns = this.target.prepare(`select * from ${table}`).columns();
			return this.target.prepare(`insert into ${table} values (${columns.map(() => '?').join(', ')})`);
		});
	}

	/** All values of the customers that have come since the last time, ready to be inserted. */
	read(): void {
		const { last } = this.source.prepare('select max(id) as last from customers').get() as { last: number };
		this.batches = [];
		for (; this.lastId < last; this.lastId += BATCH) {
			this.batches.push(NAMES.map((table) => this.rowsOf(table, this.lastId, Math.min(this.lastId + BATCH, last))));
		}
		this.lastId = last;
	}

	private rowsOf(table: Table, after: number, upTo: number): Value[][] {
		const owner = TABLES[table];
		const rows = this.source.prepare(`select * from ${table} where ${owner} > ? and ${owner} <= ?`).all(after, upTo);
		return (rows as Array<Record<string, Value>>).map((row) => Object.values(row));
	}

	insert(): void {
		for (const batch of this.batches) {
			this.target.exec('begin immediate');
			batch.forEach((rows, table) => {
				for (const row of rows) this.inserts[table].run(...row);
			});
			this.target.exec('commit');
		}
	}

	close(): void {
		this.source.close();
		this.target.close();
	}
}
