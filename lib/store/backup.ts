import { closeSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { CrmError } from '../domain/errors';
import type { Shop } from '../domain/shop';
import { SCHEMA_VERSION } from './migrations';
import { closeDatabase, openDatabase } from './open';
import { findShop } from './shops';
import { sqliteProblem } from './sqliteProblem';
import { verifyConsents, type LedgerCheck } from './verifyConsents';

/** All pages in one step: the copy is one moment of the store, and writers, who need no pause in WAL mode, cannot make it start again. */
const ALL_PAGES = 2 ** 31 - 1;

/** Node's own SQLite, loaded when it is used: the other nodes must work where it is missing. */
async function sqlite(): Promise<typeof import('node:sqlite')> {
	const loaded = await import('node:sqlite').catch(() => undefined);
	if (typeof loaded?.backup === 'function') return loaded;
	throw new CrmError(`This Node (${process.version}) cannot back up a store`, 'Run n8n on Node 22.16 or newer, or stop n8n and copy the store file.');
}

/** A finished backup. */
export interface Backup {
	file: string;
	bytes: number;
}

/**
 * Copies an embedded store while it is in use. The copy is one file, readable by its owner only, and takes its name only when it is whole.
 * @param source path of the store
 * @param target path of the copy; its folder is made when missing
 * @throws CrmError when there is no store, the target exists, or the disk refuses
 */
export async function backUpStore(source: string, target: string): Promise<Backup> {
	const file = resolve(target);
	if (!existsSync(source)) throw new CrmError(`There is no store ${source}`, 'Check the path in the credential "Optical CRM Store API".');
	if (existsSync(file)) throw new CrmError(`${file} exists already`, 'Give every backup a name of its own, for example with the date; an older one is never overwritten.');
	const part = `${file}.part`;
	const { DatabaseSync, backup } = await sqlite();
	let database: DatabaseSync | undefined;
	try {
		if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
		rmSync(part, { force: true });
		// Before anything is in it: at no moment can another user read it.
		closeSync(openSync(part, 'wx', 0o600));
		database = new DatabaseSync(source, { readOnly: true, timeout: 5_000 });
		await backup(database, part, { rate: ALL_PAGES });
		toSingleFile(new DatabaseSync(part));
		renameSync(part, file);
		return { file, bytes: statSync(file).size };
	} catch (error) {
		for (const end of ['', '-wal', '-shm']) rmSync(part + end, { force: true });
		throw sqliteProblem(error, file);
	} finally {
		database?.close();
	}
}

/** A copy in WAL mode would make files beside it as soon as somebody looks at it. */
function toSingleFile(copy: DatabaseSync): void {
	copy.exec('pragma journal_mode = delete');
	copy.close();
}

/** What a rehearsed restore found. */
export interface BackupCheck {
	/** True when the file could take the store's place at once. */
	usable: boolean;
	/** SQLite's own words where the file is damaged. */
	damage: string[];
	/** Version of the schema that the backup was written with; an older one is migrated when it is opened. */
	schemaVersion: number;
	shops: Array<{ code: string; customers: number; ledger: LedgerCheck }>;
}

/**
 * Restores a backup for trial, beside the file and never over the store: opens a copy as the nodes would, migrates it, and checks every page, every
 * reference and every consent chain. The copy is deleted afterwards; the backup is not touched.
 * @throws CrmError when the file is none of ours, or a newer package wrote it
 */
export async function checkBackup(backupFile: string): Promise<BackupCheck> {
	const source = resolve(backupFile);
	if (!existsSync(source)) throw new CrmError(`There is no backup ${source}`, 'Give the path that Optical CRM > Shop > Back Up has answered.');
	const folder = mkdtempSync(join(dirname(source), '.restore-check-'));
	const file = join(folder, 'store.db');
	try {
		copyFileSync(source, file);
		const { damage, schemaVersion } = await inspect(file);
		if (damage.length > 0) return { usable: false, damage, schemaVersion, shops: [] };
		const db = await openDatabase({ file });
		const shops: BackupCheck['shops'] = [];
		for (const { code } of await db.selectFrom('shops').select('code').orderBy('id').execute()) {
			const shop = (await findShop(db, code)) as Shop;
			const { customers } = await db.selectFrom('customers').select(({ fn }) => fn.countAll<number>().as('customers')).where('shop_id', '=', shop.id).executeTakeFirstOrThrow();
			shops.push({ code, customers, ledger: await verifyConsents({ db, shop }) });
		}
		return { usable: shops.every(({ ledger }) => ledger.broken.length === 0 && ledger.changedWordings.length === 0), damage, schemaVersion, shops };
	} finally {
		await closeDatabase({ file }).catch(() => undefined);
		rmSync(folder, { recursive: true, force: true });
	}
}

async function inspect(file: string): Promise<Pick<BackupCheck, 'damage' | 'schemaVersion'>> {
	const { DatabaseSync } = await sqlite();
	let database: DatabaseSync | undefined;
	try {
		database = new DatabaseSync(file);
		const rows = database.prepare('pragma integrity_check(20)').all() as Array<{ integrity_check: string }>;
		const torn = database.prepare('pragma foreign_key_check').all() as Array<{ table: string; rowid: number }>;
		const damage = [
			...rows.map(({ integrity_check: found }) => found).filter((found) => found !== 'ok'),
			...torn.slice(0, 20).map(({ table, rowid }) => `${table} ${rowid} refers to a row that is not there`),
		];
		const { version } = database.prepare('select max(version) as version from schema_migrations').get() as { version: number };
		return { damage, schemaVersion: version ?? SCHEMA_VERSION };
	} catch (error) {
		const { errcode } = error as { errcode?: number };
		// 11: corrupt. Anything else (no database at all, no table of ours) is none of our backups.
		if (errcode !== undefined && (errcode & 0xff) === 11) return { damage: [(error as Error).message], schemaVersion: 0 };
		throw sqliteProblem(error, file) instanceof CrmError
			? sqliteProblem(error, file)
			: new CrmError('The file is no backup of a store', 'Give the path that Optical CRM > Shop > Back Up has answered.', { cause: error });
	} finally {
		database?.close();
	}
}
