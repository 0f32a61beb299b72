import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { isPostgres } from '../../../../lib/store/dialect';
import { dryRun } from '../../../../lib/store/dryRun';
import { closeDatabase, onStatement, openDatabase, openStore, type Database, type Store, type StoreSettings } from '../../../../lib/store/open';
import type { Row, Schema } from '../../../../lib/store/schema';
import { saveShop } from '../../../../lib/store/shops';
import { rowSet } from '../../../../lib/store/sets';
import { pagesOf, tablesOf, type Table } from '../../../../lib/store/tables';
import { ANY_HOUR, NOTICE, ON_POSTGRES, SECRET, testPlace } from '../../../support/store';
import { fillShops, NOW, TODAY, type Likeness } from './fill';

/** Whose ids a function is called with: those of the shop itself, those of another, and both at once. */
export const WHOSE = ['own', 'foreign', 'both'] as const;
export type Whose = (typeof WHOSE)[number];

type Stored = Record<string, string | number | null>;
/** Rows by table, each as one text, sorted. */
type Rows = Record<string, string[]>;

const ASKED = 'main';
const OTHERS = ['one', 'two'];
const OF_NO_SHOP = ['schema_migrations'];
const OWNED_BY = { message_id: 'messages', customer_id: 'customers' } as const;
/** Tables that a statement writes to. */
const WRITTEN = /\b(?:insert into|update|delete from) "?([a-z_]+)/gi;

/** What a case asks with. */
export interface World {
	/** Of the shop that is asked, in a transaction that is taken back. */
	store: Store;
	/** Rows of the shop whose ids are used, in the order of their ids. */
	rows<Name extends keyof Schema>(table: Name): Array<Row<Name>>;
	/** Ids of these rows. */
	ids(table: keyof Schema): number[];
	/** The row that this run looks at. */
	one<Name extends keyof Schema>(table: Name, where?: (row: Row<Name>) => boolean): Row<Name>;
	now: string;
	today: string;
}

/** What came of a call: its answer or its error, and of the tables that were written to the rows of the shop that was asked and those of all others. */
export interface Outcome {
	answer: string;
	own: Rows;
	others: Rows;
}

/** A store with three shops that hold the same, and a store with one of them alone, its rows under the same ids. */
export class Shops {
	private constructor(private readonly folder: string, private readonly together: Store, private readonly alone: Store, private readonly tables: Table[], private readonly stored: Map<string, Stored[]>, private readonly settings: StoreSettings[]) {}

	static async open(likeness: Likeness): Promise<Shops> {
		const folder = mkdtempSync(join(tmpdir(), 'optical-crm-shops-'));
		const [together, alone] = ['together.db', 'alone.db'].map((file): StoreSettings => ({ ...testPlace(join(folder, file)), shop: ASKED, secret: SECRET }));
		const db = await openDatabase(together);
		// The shop that is asked comes last: whatever forgets the shop finds the others first.
		if (!isPostgres(db)) await sql`pragma synchronous = off`.execute(db);
		const stores: Store[] = [];
		for (const shop of [...OTHERS, ASKED]) {
			await saveShop(db, shop, SHOP, '2026-01-01T08:00:00.000Z');
			stores.push(await openStore({ ...together, shop }));
		}
		await fillShops(stores, likeness);
		const tables = await tablesOf(db);
		const stored = await readAll(db, tables);
		const shops = new Shops(folder, await openStore(together), { ...(await openStore(together)), db: await openDatabase(alone) }, tables, stored, [together, alone]);
		await shops.copyOwn();
		return shops;
	}

	/** Tables that hold nothing of one of the shops: nothing is proved about them. */
	get empty(): string[] {
		return this.tables.map(({ name }) => name).filter((name) => !OF_NO_SHOP.includes(name) && (['own', 'foreign'] as const).some((whose) => this.rowsOf(name, whose).length === 0));
	}

	/** Calls the same in both stores. */
	async ask(call: (world: World) => Promise<unknown>, whose: Whose, turn: number): Promise<{ together: Outcome; alone: Outcome; before: Rows }> {
		const ask = async (store: Store) => await this.askOne(store, call, whose, turn);
		return { together: await ask(this.together), alone: await ask(this.alone), before: (this.before ??= parted(this.stored, this.isOwn).others) };
	}

	async close(): Promise<void> {
		for (const settings of this.settings) {
			if (settings.database === 'postgres') await sql`drop schema ${sql.ref(settings.schema as string)} cascade`.execute(await openDatabase(settings));
			await closeDatabase(settings);
		}
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** The store with all shops, as the credential of the asked one. */
	get credential(): StoreSettings {
		return this.settings[0];
	}

	/** The store with the asked shop alone. */
	get credentialAlone(): StoreSettings {
		return this.settings[1];
	}

	/** Rows as they were filled, of the asked shop or of the others. */
	filled<Name extends keyof Schema>(table: Name, whose: Whose): Array<Row<Name>> {
		return this.rowsOf(table, whose) as unknown as Array<Row<Name>>;
	}

	/** All rows as they are now. */
	async now(): Promise<{ own: Rows; others: Rows }> {
		return parted(await readAll(this.together.db, this.tables), this.isOwn);
	}

	private async askOne(store: Store, call: (world: World) => Promise<unknown>, whose: Whose, turn: number): Promise<Outcome> {
		const written = new Set<string>();
		await this.alignIds(store.db);
		return await dryRun(store, async (inside) => {
			const pick = <Item>(items: readonly Item[]): Item => items[turn % items.length];
			const rows = <Name extends keyof Schema>(table: Name) => this.rowsOf(table, whose) as unknown as Array<Row<Name>>;
			const world: World = {
				store: inside, now: NOW, today: TODAY, rows,
				ids: (table) => rows(table).map((row) => (row as unknown as { id: number }).id),
				one: (table, where = () => true) => pick(rows(table).filter(where)),
			};
			await sql`savepoint asked`.execute(inside.db);
			const stop = onStatement((statement) => [...statement.matchAll(WRITTEN)].forEach(([, table]) => written.add(table)));
			const answer = await call(world).then((given) => told(given), async (error: Error & { howToGoOn?: string }) => {
				await sql`rollback to savepoint asked`.execute(inside.db);
				return `${error.name}: ${error.message} ${error.howToGoOn ?? ''}`;
			}).finally(stop);
			return { answer, ...parted(await readAll(inside.db, this.tables.filter(({ name }) => written.has(name))), this.isOwn) };
		});
	}

	private before?: Rows;
	private readonly foreignIds = new Map<string, Set<number>>();

	private rowsOf(table: string, whose: Whose): Stored[] {
		const rows = this.stored.get(table) ?? [];
		const own = rows.filter((row) => this.isOwn(table, row));
		const foreign = rows.filter((row) => !this.isOwn(table, row));
		return whose === 'own' ? own : whose === 'foreign' ? foreign : foreign.flatMap((row, index) => [row, own[index]]).filter((row) => row !== undefined);
	}

	/** Ids of the asked shop's rows, by table; those of rows that a call writes are added as they are met. */
	private readonly isOwn = (table: string, row: Stored): boolean => {
		if (row.waba_id !== undefined) return row.waba_id === `waba ${ASKED}`;
		if (table === 'shops') return row.id === this.together.shop.id;
		if (row.shop_id !== undefined) return row.shop_id === this.together.shop.id;
		for (const [column, owner] of Object.entries(OWNED_BY)) {
			if (row[column] !== undefined) return !this.foreign(owner).has(row[column] as number);
		}
		return true;
	};

	private foreign(table: string): Set<number> {
		let ids = this.foreignIds.get(table);
		if (!ids) this.foreignIds.set(table, (ids = new Set((this.stored.get(table) ?? []).flatMap(({ id, shop_id }) => (shop_id === this.together.shop.id ? [] : [id as number])))));
		return ids;
	}

	private async copyOwn(): Promise<void> {
		const { db } = this.alone;
		if (!isPostgres(db)) await sql`pragma foreign_keys = off`.execute(db);
		await db.transaction().execute(async (transaction) => {
			if (isPostgres(db)) await sql`set local session_replication_role = replica`.execute(transaction);
			for (const { name, columns } of this.tables.filter((table) => table.name !== 'schema_migrations')) {
				const list = sql.join(columns.map((column) => sql.ref(column.name)));
				const rows = (this.stored.get(name) ?? []).filter((row) => OF_NO_SHOP.includes(name) || this.isOwn(name, row));
				await sql`insert into ${sql.table(name)} (${list}) select ${list} from ${rowSet(rows, Object.fromEntries(columns.map((column) => [column.name, column.type])))} as own where true`.execute(transaction);
			}
		});
		if (!isPostgres(db)) await sql`pragma foreign_keys = on`.execute(db);
	}

	/** New rows get the same ids in both stores. */
	private async alignIds(db: Database): Promise<void> {
		const numbered = this.tables.filter(({ columns }) => columns.some(({ name }) => name === 'id'));
		const last = numbered.map(({ name }) => ({ name, last: Math.max(0, ...(this.stored.get(name) ?? []).map(({ id }) => Number(id))) }));
		if (isPostgres(db)) await sql`select ${sql.join(last.map((table) => sql`setval(pg_get_serial_sequence(${table.name}, 'id'), ${Math.max(1, table.last)})`))}`.execute(db);
		else for (const table of last) await sql`update sqlite_sequence set seq = ${table.last} where name = ${table.name}`.execute(db);
	}
}

const SHOP = {
	name: 'Ottica Prova', street: 'Via Roma 1', town: 'Firenze', email: 'ciao@ottica.example', phone: '+39055000000', signature: 'Chiara', customerPageUrl: 'https://crm.example/webhook/ottica/customer',
	privacyNotices: [{ ...NOTICE, purposes: [...NOTICE.purposes] }], policy: { ...ANY_HOUR, adultAge: 16 },
};

async function readAll(db: Database, tables: readonly Table[]): Promise<Map<string, Stored[]>> {
	if (tables.length === 0) return new Map();
	if (ON_POSTGRES && isPostgres(db)) {
		const { rows } = await sql<{ name: string; rows: Stored[] | null }>`${sql.join(tables.map(({ name }) => sql`select ${name} as name, (select json_agg(found) from ${sql.table(name)} as found) as rows`), sql` union all `)}`.execute(db);
		return new Map(rows.map((table) => [table.name, sorted(table.rows ?? [])]));
	}
	const found = new Map<string, Stored[]>();
	for (const { name, columns } of tables) {
		const rows: Stored[] = [];
		for await (const page of pagesOf(db, name, columns.map((column) => sql.ref(column.name)))) rows.push(...page.map(({ place: _, ...row }) => row));
		found.set(name, sorted(rows));
	}
	return found;
}

function sorted(rows: Stored[]): Stored[] {
	return rows.sort((one, other) => Number(one.id ?? 0) - Number(other.id ?? 0) || (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

function parted(stored: ReadonlyMap<string, Stored[]>, isOwn: (table: string, row: Stored) => boolean): { own: Rows; others: Rows } {
	const [own, others]: [Rows, Rows] = [{}, {}];
	for (const [table, rows] of stored) {
		if (table === 'schema_migrations') continue;
		[own[table], others[table]] = [[], []];
		for (const row of rows) (isOwn(table, row) ? own : others)[table].push(JSON.stringify(row));
	}
	return { own, others };
}

/** An answer as a text, whatever it is made of. In which order a database gives what nobody asked to be sorted is its own affair. */
function told(value: unknown): string {
	if (value instanceof Map || value instanceof Set) return told([...value]);
	if (Array.isArray(value)) return `[${value.map(told).sort().join()}]`;
	if (typeof value === 'bigint') return String(value);
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'nothing';
	return `{${Object.entries(value).map(([name, part]) => `${name}:${told(part)}`).join()}}`;
}
