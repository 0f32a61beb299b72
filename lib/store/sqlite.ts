import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { SqliteDialect, type Dialect, type Kysely, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { CrmError } from '../domain/errors';
import { makeFolder } from './folder';
import { SqliteCompiler } from './sqliteCompiler';
import { sqliteProblem } from './sqliteProblem';

/** Marks a file as ours ("OCRM"), so that another program's database is never taken for a store. */
const APPLICATION_ID = 0x4f43524d;
/** Pages kept in memory, at most. With SQLite's own 2 MB the customers who are due in a large shop push each other out. */
const CACHE_KIB = 64 * 1024;
/** SQLite's name for a database without a file. */
const IN_MEMORY = ':memory:';
/** How many prepared statements are kept; the package has fewer. */
const STATEMENTS_KEPT = 300;

/**
 * Kysely on Node's own SQLite, for one embedded file.
 * @param file path of the store; it and its folder are made when missing, readable by their owner only; absent: in memory, until it is closed
 * @param heard called with each statement once it was run
 */
export function sqliteDialect(file: string = IN_MEMORY, heard: (statement: string) => void): Dialect {
	const dialect = new SqliteDialect({ database: async () => new KyselySqlite(await openFile(file), file, heard) });
	return {
		createAdapter: () => dialect.createAdapter(),
		createDriver: () => dialect.createDriver(),
		createIntrospector: (db: Kysely<unknown>) => dialect.createIntrospector(db),
		createQueryCompiler: () => new SqliteCompiler(),
	};
}

async function openFile(file: string): Promise<DatabaseSync> {
	const { DatabaseSync } = await import('node:sqlite').catch((cause) => {
		throw new CrmError(
			`This Node (${process.version}) has no built-in SQLite`,
			'Run n8n on Node 22.16 or newer, or keep the store in PostgreSQL.',
			{ cause },
		);
	});
	let database: DatabaseSync | undefined;
	try {
		if (file !== IN_MEMORY) makeFolder(dirname(file));
		database = new DatabaseSync(file, { timeout: 5_000 });
		// In memory nobody writes whole pages to a disk, and fewer of them are looked after.
		if (file === IN_MEMORY) database.exec('pragma page_size = 32768');
		refuseForeign(database, file);
		// FULL: a message marked `sending` must survive a power cut too, or it could be sent twice.
		database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
		database.exec(`pragma cache_size = -${CACHE_KIB}; pragma temp_store = memory`);
		if (file !== IN_MEMORY) chmodSync(file, 0o600);
		return database;
	} catch (error) {
		database?.close();
		throw sqliteProblem(error, file);
	}
}

function refuseForeign(database: DatabaseSync, file: string): void {
	const { application_id: owner } = database.prepare('pragma application_id').get() as { application_id: number };
	if (owner === APPLICATION_ID) return;
	const { tables } = database.prepare('select count(*) as tables from sqlite_schema').get() as { tables: number };
	if (owner !== 0 || tables > 0) {
		throw new CrmError(
			`${file} is a database of another program`,
			'Choose another path in the credential "Optical CRM Store API"; the store makes its own file there.',
		);
	}
	database.exec(`pragma application_id = ${APPLICATION_ID}`);
}

/** A statement that does nothing. */
const NOTHING: SqliteStatement = {
	reader: false,
	all: () => [],
	run: () => ({ changes: 0, lastInsertRowid: 0 }),
	iterate: () => [][Symbol.iterator](),
};

/** The face that Kysely expects of an SQLite database, with statements kept prepared and errors that say how to go on. */
class KyselySqlite implements SqliteDatabase {
	private readonly statements = new Map<string, SqliteStatement>();

	constructor(private readonly database: DatabaseSync, private readonly file: string, private readonly heard: (statement: string) => void) {}

	prepare(text: string): SqliteStatement {
		// A full disk has already rolled back by itself; a second time would hide why.
		if (text === 'rollback' && !this.database.isTransaction) return NOTHING;
		// A transaction that reads first and writes later would fail when another process wrote in between.
		const statement = text === 'begin' ? 'begin immediate' : text;
		const kept = this.statements.get(statement);
		if (kept) return kept;
		const prepared = this.guard(() => this.wrap(text, this.database.prepare(statement)));
		if (this.statements.size >= STATEMENTS_KEPT) this.statements.delete(this.statements.keys().next().value as string);
		this.statements.set(statement, prepared);
		return prepared;
	}

	close(): void {
		this.statements.clear();
		this.database.close();
	}

	private wrap(text: string, statement: StatementSync): SqliteStatement {
		const columns = statement.columns().map(({ name }) => name);
		// The rows that Node makes itself have no fixed shape: reading them takes longer than the query.
		statement.setReturnArrays(true);
		const toRow = (values: unknown) => rowOf(columns, values as unknown[]);
		return {
			reader: columns.length > 0,
			all: (parameters) => this.run(text, () => statement.all(...(parameters as string[])).map(toRow)),
			run: (parameters) => this.run(text, () => statement.run(...(parameters as string[]))),
			*iterate(parameters) {
				for (const values of statement.iterate(...(parameters as string[]))) yield toRow(values);
			},
		};
	}

	private run<Result>(text: string, work: () => Result): Result {
		const result = this.guard(work);
		this.heard(text);
		return result;
	}

	private guard<Result>(work: () => Result): Result {
		try {
			return work();
		} catch (error) {
			throw sqliteProblem(error, this.file);
		}
	}
}

function rowOf(columns: readonly string[], values: readonly unknown[]): Record<string, unknown> {
	const row: Record<string, unknown> = {};
	for (let index = 0; index < columns.length; index++) row[columns[index]] = values[index];
	return row;
}
