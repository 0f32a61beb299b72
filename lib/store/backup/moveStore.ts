import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { CrmError } from '../../domain/errors';
import type { ContactPointKind } from '../../domain/glossary';
import { addressHash, derivedKey } from '../../domain/keys';
import type { Instant } from '../../domain/time';
import { ADDRESS_HASH } from '../customers/saveContactPoints';
import { MOVED } from '../migrate';
import { closeDatabase, openDatabase, type Database } from '../open';
import { fileOf, type StorePlace } from '../place';
import { rowSet } from '../sets';
import { pagesOf, tablesOf, type PlacedRow, type Table } from '../tables';

/** What was moved. */
export interface MovedStore {
	/** Rows of each table, the same on both sides. */
	tables: Record<string, number>;
	rows: number;
	/** Over all rows of all tables, the same on both sides. */
	hash: string;
}

/** Rows point to rows of these, so these come first; what is not named comes last. */
const FIRST = ['shops', 'households', 'customers', 'contact_points', 'occasions', 'decisions', 'messages', 'letter_batches'];
/** Each side notes by itself what it has done to its schema. */
const STAYS = 'schema_migrations';

/**
 * Moves an embedded store into an empty one on PostgreSQL, in one transaction, and reads it back: every row must be there as it was. The file
 * stays where it is, and is opened no more: two stores that both send would write to customers twice.
 * @param secret of the new store's credential; it must be the one that the file was kept with
 * @throws CrmError when the new store is not empty, the secret is another, or something arrived differently; nothing is kept of it then
 */
export async function moveStore(from: StorePlace, to: StorePlace, secret: string, now: Instant): Promise<MovedStore> {
	if (to.database !== 'postgres') throw new CrmError('The new store is a file too', 'Choose PostgreSQL in the credential of this node, and give the path of the old file as a field.');
	const [source, target] = [await openDatabase({ file: fileOf(from) }), await openDatabase(to)];
	// Nothing is written to the file meanwhile.
	const moved = await source.transaction().execute(async (old) => {
		await checkSecret(old, secret);
		const done = await target.transaction().execute(async (fresh) => await copyAll(old, fresh));
		await sql`insert into schema_migrations (version, name, applied_at) values (${MOVED}, 'moved to PostgreSQL', ${now})`.execute(old);
		return done;
	});
	await closeDatabase({ file: fileOf(from) });
	return moved;
}

async function copyAll(source: Database, target: Database): Promise<MovedStore> {
	const { shops } = await target.selectFrom('shops').select(({ fn }) => fn.countAll<number>().as('shops')).executeTakeFirstOrThrow();
	if (shops > 0) throw new CrmError('The new store is not empty', 'Give another schema in the credential of this node, and run again.');
	const moved: MovedStore = { tables: {}, rows: 0, hash: '' };
	const sums = new Map<string, Sum>();
	const tables = (await tablesOf(source)).filter(({ name }) => name !== STAYS).sort((one, other) => rank(one) - rank(other));
	for (const table of tables) {
		const sum = new Sum(table);
		for await (const rows of readAll(source, table)) {
			sum.add(rows);
			await write(target, table, rows);
		}
		sums.set(table.name, sum);
		moved.tables[table.name] = sum.rows;
		moved.rows += sum.rows;
	}
	await linkMerged(source, target);
	for (const table of tables) await check(target, table, sums.get(table.name) as Sum);
	moved.hash = createHash('sha256').update([...sums.values()].map(({ text }) => text).join()).digest('hex');
	return moved;
}

function rank({ name }: Table): number {
	return FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length;
}

function readAll(db: Database, { name, columns }: Table): AsyncGenerator<PlacedRow[]> {
	return pagesOf(db, name, columns.map((column) => sql.ref(column.name)));
}

async function write(target: Database, { name, columns }: Table, rows: PlacedRow[]): Promise<void> {
	// A customer may be merged into one who comes later.
	const given = name === 'customers' ? rows.map((row) => ({ ...row, merged_into: null })) : rows;
	const list = sql.join(columns.map((column) => sql.ref(column.name)));
	const types = Object.fromEntries(columns.map((column) => [column.name, column.type]));
	await sql`insert into ${sql.table(name)} (${list}) select ${list} from ${rowSet(given, types)} as moved`.execute(target);
	if (types.id === undefined) return;
	await sql`select setval(pg_get_serial_sequence(${name}, 'id'), max(id)) from ${sql.table(name)}`.execute(target);
}

async function linkMerged(source: Database, target: Database): Promise<void> {
	const { rows } = await sql<{ id: number; merged_into: number }>`select id, merged_into from customers where merged_into is not null`.execute(source);
	await sql`update customers set merged_into = link.merged_into
		from ${rowSet(rows, { id: 'integer', merged_into: 'integer' })} as link where customers.id = link.id`.execute(target);
}

async function check(target: Database, table: Table, sent: Sum): Promise<void> {
	const arrived = new Sum(table);
	for await (const rows of readAll(target, table)) arrived.add(rows);
	if (arrived.rows === sent.rows && arrived.text === sent.text) return;
	throw new CrmError(`The table ${table.name} did not arrive as it was (${sent.rows} rows were sent, ${arrived.rows} are there)`, 'Nothing was kept. Run again, and report it when it happens again.');
}

/** Rows counted and hashed, whatever their order: the sum of the hashes of all rows. */
class Sum {
	rows = 0;
	private total = 0n;

	constructor(private readonly table: Table) {}

	add(rows: readonly PlacedRow[]): void {
		for (const row of rows) {
			const digest = createHash('sha256').update(JSON.stringify(this.table.columns.map(({ name }) => row[name]))).digest('hex');
			this.total = (this.total + BigInt(`0x${digest}`)) % 2n ** 256n;
		}
		this.rows += rows.length;
	}

	get text(): string {
		return `${this.table.name} ${this.rows} ${this.total.toString(16)}`;
	}
}

/** Links already sent and suppressed addresses depend on the secret. */
async function checkSecret(source: Database, secret: string): Promise<void> {
	const point = await source.selectFrom('contact_points').select(['kind', 'value', 'address_hash']).where('address_hash', '<>', '').orderBy('id').executeTakeFirst();
	if (!point || addressHash(point.kind as ContactPointKind, point.value, derivedKey(secret, ADDRESS_HASH)) === point.address_hash) return;
	throw new CrmError('The secret of this credential is not the one of the file', 'Copy the secret out of the credential that the file was used with: links in messages already sent depend on it.');
}
