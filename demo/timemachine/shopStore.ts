import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Shop } from '../../lib/domain/shop';
import { instantAt, plusDays, type LocalDate } from '../../lib/domain/time';
import { closeDatabase, openDatabase, type Store } from '../../lib/store/open';
import type { MemoryPlace, StorePlace } from '../../lib/store/place';
import type { PostgresPlace } from '../../lib/store/postgres';
import { openAllSteps } from '../../lib/store/rollout/changes';
import { findShop, saveShop } from '../../lib/store/shops';
import { demoShop } from '../shop/shop';

/** A store with the demo's shop and nobody in it yet. */
export interface ShopStore {
	store: Store;
	/** Closes it and leaves nothing behind. */
	remove(): Promise<void>;
}

const SECRET = 'the-time-machine-holds-no-secrets-0123456789';
const SMS_ALIAS = 'Belvedere';
/** The notice is older than every consent of the fiction. Days. */
const NOTICE_BEFORE = 6 * 365;

/**
 * A store of its own: in the memory of this process, where nobody else needs it (ten years of 2,000 customers take 0.9 GB), or a schema in a PostgreSQL database.
 * @param server where to make the schema; absent: in memory
 */
export async function openShopStore(from: LocalDate, server?: PostgresPlace): Promise<ShopStore> {
	const name = `timemachine_${randomBytes(4).toString('hex')}`;
	const place: StorePlace | MemoryPlace = server ? { ...server, database: 'postgres', schema: name } : { database: 'memory', memory: name };
	const database = await openDatabase(place);
	const published = plusDays(from, -NOTICE_BEFORE);
	const privacyNotices = demoShop.privacyNotices.map((notice) => ({ ...notice, publishedOn: notice.publishedOn < published ? notice.publishedOn : published }));
	const { code, ...shop } = demoShop;
	await saveShop(database, code, { ...shop, privacyNotices, customerPageUrl: `${shop.website}/clienti`, smsAlias: SMS_ALIAS }, instantAt(from, '00:30', shop.timeZone));
	const store: Store = { db: database, shop: (await findShop(database, code)) as Shop, secret: SECRET };
	await openAllSteps(store, 'chiara', instantAt(from, '00:30', shop.timeZone));
	return {
		store,
		remove: async () => {
			if (server) await sql`drop schema ${sql.ref(name)} cascade`.execute(database);
			await closeDatabase(place);
		},
	};
}
