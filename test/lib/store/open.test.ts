import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { closeDatabase, openDatabase, openStore } from '../../../lib/store/open';
import { MIGRATIONS, SCHEMA_VERSION } from '../../../lib/store/migrations';
import { SECRET } from '../../support/store';

let folder: string;
let file: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'optical-crm-'));
	file = join(folder, 'store.db');
});
afterEach(async () => {
	await closeDatabase({ file });
	rmSync(folder, { recursive: true, force: true });
});

describe('opening a store', () => {
	it('makes the file and its folder, for their owner only', async () => {
		file = join(folder, 'new', 'store.db');
		await openDatabase({ file });
		expect(statSync(file).mode & 0o077).toBe(0);
		expect(statSync(join(folder, 'new')).mode & 0o077).toBe(0);
	});

	// Where the system lets nobody make a folder, Node's own way of making several at once never ends.
	(existsSync('/proc') ? it : it.skip)('says so at once where no folder can be made', async () => {
		await expect(openDatabase({ file: '/proc/nowhere/store.db' })).rejects.toMatchObject({ howToGoOn: expect.stringMatching(/./) });
	});

	it('says what is missing before a shop was set up', async () => {
		await expect(openStore({ file, shop: 'main', secret: SECRET })).rejects.toMatchObject({ message: expect.stringContaining('no shop "main"'), howToGoOn: expect.stringContaining('Create or Update') });
		await expect(openStore({ file, shop: 'main', secret: 'short' })).rejects.toMatchObject({ howToGoOn: expect.stringContaining('openssl rand') });
	});

	it('leaves a file alone that is no database', async () => {
		writeFileSync(file, 'Cognome;Nome\nRossi;Giulia\n'.repeat(50));
		await expect(openDatabase({ file })).rejects.toMatchObject({ message: expect.stringContaining('is no SQLite database') });
		expect(readFileSync(file, 'utf8')).toMatch(/^Cognome/);
	});

	it('leaves the database of another program alone', async () => {
		const other = new DatabaseSync(file);
		other.exec('create table workflows (id)');
		other.close();
		await expect(openDatabase({ file })).rejects.toMatchObject({ message: expect.stringContaining('another program') });
	});

	it('refuses a store that a newer version wrote, and leaves it as it is', async () => {
		await openDatabase({ file });
		await closeDatabase({ file });
		const newer = new DatabaseSync(file);
		newer.exec(`insert into schema_migrations values (${SCHEMA_VERSION + 1}, 'of tomorrow', 'then')`);
		newer.close();
		await expect(openDatabase({ file })).rejects.toMatchObject({ message: expect.stringContaining('newer version'), howToGoOn: expect.stringContaining('Update the package') });
	});

	it('says that the file is locked, and works again when it is not', async () => {
		await openDatabase({ file });
		const holder = new DatabaseSync(file);
		holder.exec('begin exclusive');
		const database = await openDatabase({ file });
		const write = database.insertInto('desk_failures').values({ shop_id: 1, subject: 'x', failures: 1, last_at: 'now' });
		await expect(write.execute()).rejects.toMatchObject({ message: expect.stringContaining('locked by another program') });
		holder.exec('rollback');
		holder.close();
		await expect(write.execute()).rejects.toThrow(/FOREIGN KEY/);
	}, 20_000);

	it('is tried again after it has failed', async () => {
		mkdirSync(file);
		await expect(openDatabase({ file })).rejects.toThrow();
		rmSync(file, { recursive: true });
		await openDatabase({ file });
		expect(existsSync(file)).toBe(true);
	});

	it('writes nothing half when the disk is full', async () => {
		const database = await openDatabase({ file });
		// SQLite's own limit answers as a full disk does.
		const { rows } = await database.executeQuery<{ page_count: number }>(raw('pragma page_count'));
		await database.executeQuery(raw(`pragma max_page_count = ${rows[0].page_count + 2}`));
		const long = 'x'.repeat(100_000);
		const write = database.transaction().execute(async (transaction) => {
			await transaction.executeQuery(raw(`insert into shops (code, name, country, time_zone, language, formality, privacy_notices, policy, updated_at) values ('a','a','IT','UTC','it','lei','[]','{}','now')`));
			await transaction.executeQuery(raw(`insert into shops (code, name, country, time_zone, language, formality, privacy_notices, policy, updated_at) values ('b','${long}','IT','UTC','it','lei','[]','{}','now')`));
		});
		await expect(write).rejects.toMatchObject({ message: expect.stringContaining('disk is full') });
		expect(await database.selectFrom('shops').select('code').execute()).toEqual([]);
	});

	it('opens once when two processes start together', async () => {
		const script = `require('tsx/cjs'); require('./lib/store/open').openDatabase({ file: ${JSON.stringify(file)} }).then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });`;
		const codes = await Promise.all([1, 2, 3].map(async () => await new Promise((resolve) => spawn(process.execPath, ['-e', script], { stdio: 'inherit' }).on('exit', resolve))));
		expect(codes).toEqual([0, 0, 0]);
		const steps = await (await openDatabase({ file })).executeQuery<{ steps: number }>(raw('select count(*) as steps from schema_migrations'));
		expect(steps.rows[0].steps).toBe(MIGRATIONS.length);
	}, 30_000);
});

function raw(sql: string) {
	return { sql, parameters: [], query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] }, queryId: { queryId: 'test' } } as never;
}
