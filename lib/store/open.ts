import { resolve } from 'node:path';
import { Kysely } from 'kysely';
import type { Shop } from '../domain/shop';
import { CrmError } from '../domain/errors';
import { migrate } from './migrate';
import type { Schema } from './schema';
import { findShop } from './shops';
import { sqliteDialect } from './sqlite';

/** What the credential "Optical CRM Store API" holds. */
export interface StoreSettings {
	/** Path of the embedded file. */
	file: string;
	/** Code of the shop that this credential works for. */
	shop: string;
	/** Signs customers' links and hashes suppressed addresses; at least 32 characters, never changed. */
	secret: string;
}

/** An open database, before a shop is chosen. */
export type Database = Kysely<Schema>;

/** The memory of one shop: every query through it sees this shop only. */
export interface Store {
	db: Database;
	shop: Shop;
	secret: string;
}

/** Called with the text of each SQL statement; for counting them. */
export type OnStatement = (statement: string) => void;

const SECRET_LENGTH = 32;
/** The code is part of every refusal link, and a link must stay short. */
const LONGEST_CODE = 30;
const open = new Map<string, Promise<Database>>();
const listeners = new Set<OnStatement>();

/**
 * The database of a credential: opened and migrated once for each file and process, then shared by all nodes.
 * @throws CrmError when the file is locked, foreign, damaged or newer than this package
 */
export function openDatabase(settings: Pick<StoreSettings, 'file'>): Promise<Database> {
	if (!settings.file?.trim()) {
		throw new CrmError('The credential "Optical CRM Store API" names no file', 'Enter the path of the store file in the credential.');
	}
	const file = resolve(settings.file.trim());
	let database = open.get(file);
	if (!database) {
		database = openAndMigrate(file);
		open.set(file, database);
		// A failed opening is tried again at the next call.
		database.catch(() => open.delete(file));
	}
	return database;
}

async function openAndMigrate(file: string): Promise<Database> {
	const db = new Kysely<Schema>({
		dialect: sqliteDialect(file),
		log: ({ query }) => listeners.forEach((listener) => listener(query.sql)),
	});
	try {
		await migrate(db);
		return db;
	} catch (error) {
		await db.destroy().catch(() => undefined);
		throw error;
	}
}

/**
 * The store of the shop that the credential names.
 * @throws CrmError when the shop was not set up yet, or the settings cannot be used
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

/** Closes a store file in this process; the next use opens it again. */
export async function closeDatabase(file: string): Promise<void> {
	const database = open.get(resolve(file));
	open.delete(resolve(file));
	await (await database)?.destroy();
}

/** Hears every statement until the returned function is called. */
export function onStatement(listener: OnStatement): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
