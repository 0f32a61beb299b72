import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { CrmError } from '../../domain/errors';
import type { Shop } from '../../domain/shop';
import { SCHEMA_VERSION } from '../migrations';
import { closeDatabase, openDatabase } from '../open';
import { findShop } from '../shops';
import { sqliteProblem } from '../sqliteProblem';
import { verifyConsents, type LedgerCheck } from '../verifyConsents';
import { sqlite } from './backup';

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

/** A backup that was restored for trial: what was found, and the copy where it could take the store's place. */
export interface TrialRestore {
	check: BackupCheck;
	/** Of today's schema. */
	file: string;
}

/**
 * Restores a backup for trial, beside the file and never over the store: opens a copy as the nodes would, migrates it, and checks every page, every
 * reference and every consent chain. The copy is deleted afterwards; the backup is not touched.
 * @throws CrmError when the file is none of ours, or a newer package wrote it
 */
export async function checkBackup(backupFile: string): Promise<BackupCheck> {
	return await withTrialRestore(backupFile, async ({ check }) => check);
}

/** The same, with something to do with the copy before it is deleted. */
export async function withTrialRestore<Result>(backupFile: string, work: (trial: TrialRestore) => Promise<Result>): Promise<Result> {
	const source = resolve(backupFile);
	if (!existsSync(source)) throw new CrmError(`There is no backup ${source}`, 'Give the path that Optical CRM > Shop > Back Up has answered.');
	const folder = mkdtempSync(join(dirname(source), '.restore-check-'));
	const file = join(folder, 'store.db');
	try {
		copyFileSync(source, file);
		const { damage, schemaVersion } = await inspect(file);
		const shops = damage.length > 0 ? [] : await checkShops(file);
		const whole = shops.every(({ ledger }) => ledger.broken.length === 0 && ledger.changedWordings.length === 0);
		return await work({ check: { usable: damage.length === 0 && whole, damage, schemaVersion, shops }, file });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function checkShops(file: string): Promise<BackupCheck['shops']> {
	try {
		const db = await openDatabase({ file });
		const shops: BackupCheck['shops'] = [];
		for (const { code } of await db.selectFrom('shops').select('code').orderBy('id').execute()) {
			const shop = (await findShop(db, code)) as Shop;
			const { customers } = await db.selectFrom('customers').select(({ fn }) => fn.countAll<number>().as('customers')).where('shop_id', '=', shop.id).executeTakeFirstOrThrow();
			shops.push({ code, customers, ledger: await verifyConsents({ db, shop }) });
		}
		return shops;
	} finally {
		await closeDatabase({ file }).catch(() => undefined);
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
