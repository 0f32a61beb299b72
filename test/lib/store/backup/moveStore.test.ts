import { sql } from 'kysely';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveStore } from '../../../../lib/store/backup/moveStore';
import { listCustomers } from '../../../../lib/store/customers/customers';
import { mergeCustomers } from '../../../../lib/store/merging/mergeCustomers';
import { closeDatabase, openDatabase, openStore, type StoreSettings } from '../../../../lib/store/open';
import { saveShop } from '../../../../lib/store/shops';
import { verifyConsents } from '../../../../lib/store/verifyConsents';
import { customer, ON_POSTGRES, saved, SECRET, testPlace } from '../../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
let folder: string;
let from: StoreSettings & { file: string };
let to: StoreSettings;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'optical-crm-'));
	from = { database: 'file', file: join(folder, 'store.db'), shop: 'main', secret: SECRET };
	to = { ...testPlace(join(folder, 'new.db')), shop: 'main', secret: SECRET };
	await saveShop(await openDatabase(from), 'main', { name: 'Ottica Prova', privacyNotices: [{ version: '2024-01', purposes: ['marketing'], publishedOn: '2018-05-25' }] }, NOW);
});
afterEach(async () => {
	await closeDatabase(from).catch(() => undefined);
	await closeDatabase(to).catch(() => undefined);
	rmSync(folder, { recursive: true, force: true });
});
const move = async (secret = SECRET) => await moveStore(from, to, secret, NOW);
const fill = async () => {
	const store = await openStore(from);
	const ids = await saved(store, [...Array.from({ length: 2500 }, () => customer()), customer({ firstName: 'Zoë', lastName: "D'Ambrosì €", contactPoints: [] })]);
	// The one who goes comes before the one who stays: a signpost to somebody who is not there yet.
	await mergeCustomers(store, { keptId: ids[2000], mergedId: ids[3], who: 'Chiara' }, NOW);
	return ids;
};

if (!ON_POSTGRES) {
	it('is refused where the new store is a file too', async () => {
		await expect(move()).rejects.toMatchObject({ message: expect.stringContaining('is a file too') });
		expect(await listCustomers(await openStore(from), { limit: 1 })).toEqual([]);
	});
} else {
	it('brings every row over as it was, and the file is opened no more', async () => {
		await fill();
		const before = await listCustomers(await openStore(from), { limit: 5000 });
		const moved = await move();
		expect(moved.tables).toMatchObject({ shops: 1, customers: 2501, contact_points: 2500, consents: 2501, merges: 1 });
		expect(moved.rows).toBe(Object.values(moved.tables).reduce((sum, rows) => sum + rows, 0));
		const store = await openStore(to);
		expect(await listCustomers(store, { limit: 5000 })).toEqual(before);
		expect(await verifyConsents(store)).toMatchObject({ records: 2501, broken: [] });
		expect(existsSync(from.file)).toBe(true);
		await expect(openDatabase(from)).rejects.toMatchObject({ message: 'This store was moved to PostgreSQL' });
		// Numbers go on where they were.
		const [fresh] = await saved(store, [customer()]);
		expect(fresh).toBe(2502);
		await sql`drop schema ${sql.ref((to as { schema: string }).schema)} cascade`.execute(store.db);
	}, 60_000);

	it('keeps nothing, and leaves the file in use, where a row arrives differently', async () => {
		await fill();
		const target = await openDatabase(to);
		await sql`create function spoil() returns trigger language plpgsql as $$ begin if new.code = 'C7' then new.first_name = 'x'; end if; return new; end $$`.execute(target);
		await sql`create trigger spoil before insert on customers for each row execute function spoil()`.execute(target);
		await sql`update customers set code = 'C7' where id = 1200`.execute((await openStore(from)).db);
		await expect(move()).rejects.toMatchObject({ message: expect.stringContaining('customers did not arrive as it was') });
		expect(await target.selectFrom('shops').selectAll().execute()).toEqual([]);
		expect(await listCustomers(await openStore(from), { limit: 1 })).toHaveLength(1);
	}, 60_000);

	it('is refused with another secret, and into a store that is not empty', async () => {
		await fill();
		await expect(move('another-secret-for-tests-0123456789abcdef')).rejects.toMatchObject({ message: expect.stringContaining('secret') });
		await saveShop(await openDatabase(to), 'second', { name: 'Ottica Due' }, NOW);
		await expect(move()).rejects.toMatchObject({ message: 'The new store is not empty' });
		expect(await listCustomers(await openStore(from), { limit: 1 })).toHaveLength(1);
	}, 60_000);
}
