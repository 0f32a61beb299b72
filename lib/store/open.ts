import { Kysely } from 'kysely';
import type { Shop } from '../domain/shop';
import { CrmError } from '../domain/errors';
import { postgresWords, SQLITE_WORDS } from './dialect';
import { migrate, type Migrated } from './migrate';
import { checkedPlace, type MemoryPlace, type StorePlace } from './place';
import { postgresDialect } from './postgres';
import type { Schema } from './schema';
import { findShop } from './shops';
import { sqliteDialect } from './sqlite';

/** What the credential "Optical CRM Store API" holds. */
export type StoreSettings = StorePlace & {
	/** Code of the shop that this credential works for. */
	shop: string;
	/** Signs customers' links and hashes suppressed addresses; at least 32 characters, never changed. */
	secret: string;
};

/** An open database, before a shop is chosen. */
export type Database = Kysely<Schema>;

/** The memory of one shop: every query through it sees this shop only. */
export interface Store {
	db: Database;
	shop: Shop;
	secret: string;
}

/** Does the work in the transaction that the caller holds, else in one of its own. */
export async function inTransaction<Result>(db: Database, work: (transaction: Database) => Promise<Result>): Promise<Result> {
	return db.isTransaction ? await work(db) : await db.transaction().execute(work);
}

/** Called with the text of each SQL statement; for counting them. */
export type OnStatement = (statement: string) => void;

const SECRET_LENGTH = 32;
/** The code is part of every refusal link, and a link must stay short. */
const LONGEST_CODE = 30;
const open = new Map<string, Promise<Database>>();
/** Migrations that nobody has asked about yet. */
const migrated = new Map<string, Migrated>();
const listeners = new Set<OnStatement>();

/**
 * The database of a credential: opened and migrated once for each place and process, then shared by all nodes.
 * @throws CrmError when the file is locked, foreign or damaged, the server cannot be used, or the store is newer than this package
 */
export function openDatabase(place: StorePlace | MemoryPlace): Promise<Database> {
	const checked = checkedPlace(place);
	const key = JSON.stringify(checked);
	let database = open.get(key);
	if (!database) {
		database = openAndMigrate(checked, key);
		open.set(key, database);
		// A failed opening is tried again at the next call.
		database.catch(() => open.delete(key));
	}
	return database;
}

async function openAndMigrate(place: StorePlace | MemoryPlace, key: string): Promise<Database> {
	const heard: OnStatement = (statement) => listeners.forEach((listener) => listener(statement));
	const db = new Kysely<Schema>({
		dialect: place.database === 'postgres' ? postgresDialect(place, heard) : sqliteDialect(place.database === 'memory' ? undefined : place.file, heard),
	});
	try {
		const done = await migrate(db, place.database === 'postgres' ? postgresWords(place.schema as string) : SQLITE_WORDS);
		if (done) migrated.set(key, done);
		return db;
	} catch (error) {
		await db.destroy().catch(() => undefined);
		throw error;
	}
}

/** What this process has done to the store's schema when it opened it; told once, for the log. */
export function lastMigration(place: StorePlace): Migrated | undefined {
	const key = JSON.stringify(checkedPlace(place));
	const done = migrated.get(key);
	migrated.delete(key);
	return done;
}

/**
 * The store of the shop that the credential names.
 * @throws CrmError when the shop was not set up yet, the settings cannot be used, or a newer package has brought the store up to date since it was opened
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
	checkSettings(settings);
	const db = await openDatabase(settings);
	const shop = await findShop(db, settings.shop);
	if (!shop) {
		throw new CrmError(
			`The store has no shop "${settings.shop}"`,
			'Run the node Optical CRM with Shop > Create or Update first, or correct the shop code in the credential.',
		);
	}
	return { db, shop, secret: settings.secret };
}

/** @throws CrmError when the settings name no shop, or the secret is too short to protect anything */
export function checkSettings({ shop, secret }: StoreSettings): void {
	if (!shop?.trim() || shop.length > LONGEST_CODE) {
		throw new CrmError(
			`The shop code in the credential "Optical CRM Store API" is missing or longer than ${LONGEST_CODE} characters`,
			'Enter a short name for the shop, for example main.',
		);
	}
	if ((secret ?? '').length >= SECRET_LENGTH) return;
	throw new CrmError(
		`The secret in the credential "Optical CRM Store API" is shorter than ${SECRET_LENGTH} characters`,
		'Enter a random text, for example the output of "openssl rand -hex 32", and keep it: links in messages already sent depend on it.',
	);
}

/** Closes a store in this process; the next use opens it again. */
export async function closeDatabase(place: StorePlace | MemoryPlace): Promise<void> {
	const key = JSON.stringify(checkedPlace(place));
	const database = open.get(key);
	open.delete(key);
	await (await database)?.destroy();
}

/** Hears every statement until the returned function is called. */
export function onStatement(listener: OnStatement): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
