import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { instantAt, plusDays, type LocalDate } from '../../lib/domain/time';
import { closeDatabase, openDatabase, openStore, type Store, type StoreSettings } from '../../lib/store/open';
import type { StorePlace } from '../../lib/store/place';
import type { PostgresPlace } from '../../lib/store/postgres';
import { openAllSteps } from '../../lib/store/rollout/changes';
import { saveShop } from '../../lib/store/shops';
import { demoShop } from '../shop/shop';

/** A store with the demo's shop and nobody in it yet. */
export interface ShopStore {
	store: Store;
	/** Closes it and leaves nothing behind. */
	remove(): Promise<void>;
}

const SECRET = 'the-time-machine-holds-no-secrets-0123456789';
const SMS_ALIAS = 'Belvedere';
/** Nobody mourns this store when the power fails, and nobody else opens it; the years of a shop are read where they lie, for they do not fit into the memory for pages. */
const FILE_SETTINGS = ['synchronous = off', 'locking_mode = exclusive', 'journal_mode = memory', `mmap_size = ${2 ** 30}`];
/** The notice is older than every consent of the fiction. Days. */
const NOTICE_BEFORE = 6 * 365;

/**
 * A store of its own: a file in the folder for what is temporary, or a schema in a PostgreSQL database.
 * @param server where to make the schema; absent: the file
 */
export async function openShopStore(from: LocalDate, server?: PostgresPlace): Promise<ShopStore> {
	const folder = server ? undefined : mkdtempSync(path.join(tmpdir(), 'optical-crm-timemachine-'));
	const schema = `timemachine_${randomBytes(4).toString('hex')}`;
	const place: StorePlace = server ? { ...server, database: 'postgres', schema } : { file: path.join(folder as string, 'store.db') };
	const settings: StoreSettings = { ...place, shop: demoShop.code, secret: SECRET };
	const database = await openDatabase(place);
	if (folder) for (const setting of FILE_SETTINGS) await sql.raw(`pragma ${setting}`).execute(database);
	const published = plusDays(from, -NOTICE_BEFORE);
	const privacyNotices = demoShop.privacyNotices.map((notice) => ({ ...notice, publishedOn: notice.publishedOn < published ? notice.publishedOn : published }));
	const { code, ...shop } = demoShop;
	await saveShop(database, code, { ...shop, privacyNotices, customerPageUrl: `${shop.website}/clienti`, smsAlias: SMS_ALIAS }, instantAt(from, '00:30', shop.timeZone));
	const store = await openStore(settings);
	await openAllSteps(store, 'chiara', instantAt(from, '00:30', shop.timeZone));
	return {
		store,
		remove: async () => {
			if (server) await sql`drop schema ${sql.ref(schema)} cascade`.execute(database);
			await closeDatabase(place);
			if (folder) rmSync(folder, { recursive: true, force: true });
		},
	};
}
