import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { backUpStore, backupPath, forgetBackups } from '../../../../lib/store/backup/backup';
import { checkBackup } from '../../../../lib/store/backup/checkBackup';
import { listCustomers } from '../../../../lib/store/customers/customers';
import { SCHEMA_VERSION } from '../../../../lib/store/migrations';
import { closeDatabase, openStore } from '../../../../lib/store/open';
import { customer, openTestStore, saved, type TestStore } from '../../../support/store';

let test: TestStore;
let target: string;
beforeEach(async () => {
	test = await openTestStore();
	target = join(dirname(test.settings.file), 'backups', 'one.db');
});
afterEach(async () => await test.close());

const make = async () => await backUpStore(test.settings.file, target);
const change = (statement: string) => {
	const database = new DatabaseSync(target);
	database.exec('pragma foreign_keys = off');
	database.exec(statement);
	database.close();
};

describe('a backup', () => {
	it('is one moment of a store that is being written to, for its owner only', async () => {
		await saved(test.store, Array.from({ length: 300 }, () => customer()));
		let [writing, before] = [true, 0];
		const writes = (async () => {
			while (writing) {
				await saved(test.store, [customer()]);
				before++;
				await new Promise((resolve) => setTimeout(resolve, 1));
			}
		})();
		while (before === 0) await new Promise((resolve) => setTimeout(resolve, 1));
		const { file, bytes } = await make();
		writing = false;
		await writes;
		expect(bytes).toBe(statSync(file).size);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
		expect(readdirSync(dirname(file))).toEqual(['one.db']);
		const check = await checkBackup(file);
		expect(check).toMatchObject({ usable: true, damage: [], schemaVersion: SCHEMA_VERSION, shops: [{ code: 'main', ledger: { broken: [] } }] });
		const [{ customers, ledger }] = check.shops;
		expect(customers).toBeGreaterThan(300);
		// Never a customer without the consent that was written with her.
		expect(ledger.records).toBe(customers);
	}, 20_000);

	it('can take the place of the store', async () => {
		await saved(test.store, [customer({ lastName: 'Salvata' })]);
		await make();
		await saved(test.store, [customer({ lastName: 'Perduta' })]);
		await closeDatabase(test.settings);
		const restored = join(dirname(target), 'restored.db');
		copyFileSync(target, restored);
		const store = await openStore({ file: restored, shop: test.settings.shop, secret: test.settings.secret });
		expect((await listCustomers(store, { limit: 10 })).map(({ lastName }) => lastName)).toEqual(['Salvata']);
		await closeDatabase({ file: restored });
	});

	it('never overwrites another, and makes no store where there is none', async () => {
		await make();
		const bytes = readFileSync(target);
		await expect(make()).rejects.toMatchObject({ message: expect.stringContaining('exists already') });
		expect(readFileSync(target)).toEqual(bytes);
		await expect(backUpStore(`${target}.none`, `${target}.two`)).rejects.toMatchObject({ message: expect.stringContaining('There is no store') });
		expect(existsSync(`${target}.none`)).toBe(false);
	});

	it('leaves nothing half where it fails', async () => {
		mkdirSync(dirname(target));
		writeFileSync(`${target}.source`, 'no database at all, but long enough to be taken for one by mistake. '.repeat(20));
		await expect(backUpStore(`${target}.source`, target)).rejects.toThrow();
		expect(readdirSync(dirname(target))).toEqual(['one.db.source']);
	});
});

describe('the check', () => {
	beforeEach(async () => {
		await saved(test.store, Array.from({ length: 200 }, () => customer()));
		await make();
	});

	it('changes nothing of the backup, and leaves nothing beside it', async () => {
		const bytes = readFileSync(target);
		await checkBackup(target);
		expect(readFileSync(target)).toEqual(bytes);
		expect(readdirSync(dirname(target))).toEqual(['one.db']);
	});

	it('finds pages that were overwritten', async () => {
		const bytes = readFileSync(target);
		writeFileSync(target, Buffer.concat([bytes.subarray(0, bytes.length / 2), Buffer.alloc(20_000, 7), bytes.subarray(bytes.length / 2 + 20_000)]));
		const check = await checkBackup(target);
		expect(check).toMatchObject({ usable: false, shops: [] });
		expect(check.damage.length).toBeGreaterThan(0);
	});

	it('finds a file that was cut off', async () => {
		const bytes = readFileSync(target);
		writeFileSync(target, bytes.subarray(0, bytes.length / 2));
		expect(await checkBackup(target)).toMatchObject({ usable: false });
	});

	it('finds a broken consent chain and a reference into nothing', async () => {
		change(`drop trigger consents_no_update; update consents set status = 'denied' where id = 7`);
		expect(await checkBackup(target)).toMatchObject({ usable: false, damage: [], shops: [{ ledger: { broken: [{ recordId: 7, why: 'hash' }] } }] });
		change('delete from customers where id = 9');
		expect((await checkBackup(target)).damage).toContainEqual(expect.stringContaining('refers to a row that is not there'));
	});

	it('refuses what a newer version wrote, what is no backup, and what is not there', async () => {
		change(`insert into schema_migrations values (${SCHEMA_VERSION + 1}, 'of tomorrow', 'then')`);
		await expect(checkBackup(target)).rejects.toMatchObject({ message: expect.stringContaining('newer version') });
		writeFileSync(target, 'Cognome;Nome\nRossi;Giulia\n'.repeat(50));
		await expect(checkBackup(target)).rejects.toMatchObject({ message: expect.stringContaining('is no SQLite database') });
		await expect(checkBackup(`${target}.none`)).rejects.toMatchObject({ message: expect.stringContaining('no backup') });
		expect(readdirSync(dirname(target))).toEqual(['one.db']);
	});
});

it('the oldest copies go, and nothing else in the folder', async () => {
	const [file, folder] = [test.settings.file, dirname(target)];
	for (const day of ['21', '22', '23', '24']) await backUpStore(file, backupPath(file, folder, `2026-11-${day}T02:10:00.000Z`));
	const others = ['one.db', 'store-2026.db', 'other-2026-01-01T02-10-00-000Z.db'];
	for (const name of others) writeFileSync(join(folder, name), '');
	const named = (day: string) => backupPath(file, '', `2026-11-${day}T02:10:00.000Z`);
	expect(forgetBackups(file, folder, 2)).toEqual([named('21'), named('22')]);
	expect(readdirSync(folder).sort()).toEqual([...others, named('23'), named('24')].sort());
	expect(forgetBackups(file, folder, 5)).toEqual([]);
});
