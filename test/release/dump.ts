import { sql } from 'kysely';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { isPostgres } from '../../lib/store/dialect';
import type { Database } from '../../lib/store/open';
import type { StorePlace } from '../../lib/store/place';
import { pagesOf, tablesOf } from '../../lib/store/tables';

/** Stands in the statements for the schema's name. */
const SCHEMA = ':schema:';
/** "OCRM", by which the embedded file is known as ours. */
const APPLICATION_ID = 0x4f43524d;

/** A store as text: the statements that made it, as its own release sent them, and all rows. */
export interface Dump {
	statements: string[];
	tables: Array<{ name: string; columns: string[]; rows: Array<Array<string | number | null>> }>;
}

/**
 * Reads a whole store.
 * @param made what was sent to an empty database when the store was opened first; the embedded file knows that by itself
 */
export async function dumpStore(db: Database, made: readonly string[], schema?: string): Promise<Dump> {
	const tables = [];
	for (const { name, columns } of (await tablesOf(db)).sort((one, other) => (one.name < other.name ? -1 : 1))) {
		const names = columns.map((column) => column.name);
		const rows: Dump['tables'][number]['rows'] = [];
		for await (const page of pagesOf(db, name, names.map((column) => sql.ref(column)))) rows.push(...page.map((row) => names.map((column) => row[column] as string | number | null)));
		tables.push({ name, columns: names, rows });
	}
	if (isPostgres(db)) return { statements: made.map((text) => text.replaceAll(schema as string, SCHEMA)), tables };
	const { rows } = await sql<{ sql: string }>`select sql from sqlite_schema where sql is not null and name not like 'sqlite\\_%' escape '\\' order by case type when 'table' then 0 when 'index' then 1 else 2 end, rowid`.execute(db);
	return { statements: rows.map((row) => row.sql), tables };
}

/** One statement, table or row a line, so that a change can be read. */
export function dumpText({ statements, tables }: Dump): string {
	return [...statements.map((statement) => ({ statement })), ...tables.flatMap(({ name, columns, rows }) => [{ table: name, columns }, ...rows])].map((line) => `${JSON.stringify(line)}\n`).join('');
}

export function readDump(text: string): Dump {
	const dump: Dump = { statements: [], tables: [] };
	for (const line of text.trimEnd().split('\n').map((one) => JSON.parse(one))) {
		if (Array.isArray(line)) dump.tables[dump.tables.length - 1].rows.push(line);
		else if ('statement' in line) dump.statements.push(line.statement);
		else dump.tables.push({ name: line.table, columns: line.columns, rows: [] });
	}
	return dump;
}

/** Makes the store anew, without the package: as if its release had just been stopped. */
export async function loadDump(place: StorePlace, dump: Dump): Promise<void> {
	if (place.database === 'postgres') return await loadPostgres(place, dump);
	const database = new DatabaseSync(place.file, { enableForeignKeyConstraints: false });
	database.exec(`pragma application_id = ${APPLICATION_ID}; begin`);
	const triggers = dump.statements.filter((statement) => statement.startsWith('CREATE TRIGGER'));
	for (const statement of dump.statements) if (!triggers.includes(statement)) database.exec(statement);
	for (const { name, columns, rows } of dump.tables) {
		const insert = database.prepare(`insert into "${name}" (${columns.map((column) => `"${column}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`);
		for (const row of rows) insert.run(...row);
	}
	for (const trigger of triggers) database.exec(trigger);
	database.exec('commit');
	database.close();
}

async function loadPostgres({ host, port, name, user, password, schema }: Extract<StorePlace, { database: 'postgres' }>, { statements, tables }: Dump): Promise<void> {
	const client = new Client({ host, port, user, password, database: name, options: `-c search_path=${schema}` });
	await client.connect();
	await client.query('begin');
	for (const statement of statements) await client.query(statement.replaceAll(SCHEMA, schema as string));
	// Neither references nor triggers while the rows come in.
	await client.query("set local session_replication_role = replica");
	for (const { name: table, columns, rows } of tables) {
		for (const row of rows) await client.query(`insert into "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) values (${columns.map((_, place) => `$${place + 1}`).join(', ')})`, row);
		const { rows: [{ sequence }] } = await client.query(`select case when exists (select 1 from information_schema.columns where table_schema = current_schema() and table_name = '${table}' and column_name = 'id') then pg_get_serial_sequence('${table}', 'id') end as sequence`);
		if (sequence && rows.length > 0) await client.query(`select setval('${sequence}', (select max(id) from "${table}"))`);
	}
	await client.query('commit');
	await client.end();
}
