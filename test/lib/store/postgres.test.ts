import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { MIGRATIONS, SCHEMA_VERSION } from '../../../lib/store/migrations';
import { closeDatabase, openDatabase } from '../../../lib/store/open';
import type { StorePlace } from '../../../lib/store/place';
import { saveShop } from '../../../lib/store/shops';
import { testPlace } from '../../support/store';

/* What only a server can be asked. */

const NOW = '2026-11-22T08:00:00.000Z';
type Place = Extract<StorePlace, { database: 'postgres' }>;
let place: Place;
beforeEach(() => (place = testPlace('') as Place));
afterEach(async () => {
	const known = await openDatabase(place).catch(() => undefined);
	if (known) await sql`drop schema if exists ${sql.ref(place.schema as string)} cascade`.execute(known);
	await closeDatabase(place).catch(() => undefined);
});

describe('opening', () => {
	it('makes the schema once when several processes start together', async () => {
		const script = `require('tsx/cjs'); require('./lib/store/open').openDatabase(${JSON.stringify(place)}).then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });`;
		const start = async () => await new Promise((resolve) => spawn(process.execPath, ['-e', script], { stdio: 'inherit' }).on('exit', resolve));
		expect(await Promise.all([1, 2, 3, 4].map(start))).toEqual([0, 0, 0, 0]);
		const { rows } = await sql<{ steps: number }>`select count(*) as steps from schema_migrations`.execute(await openDatabase(place));
		expect(rows[0].steps).toBe(MIGRATIONS.length);
	}, 60_000);

	it('works for a user who may use the schema and not make one', async () => {
		const admin = await openDatabase(testPlace('') as Place);
		await sql`create role clerk login password 'clerk'`.execute(admin);
		await sql`create schema ${sql.ref(place.schema as string)} authorization clerk`.execute(admin);
		const clerk = { ...place, user: 'clerk', password: 'clerk' };
		const db = await openDatabase(clerk);
		expect(await db.selectFrom('customers').selectAll().execute()).toEqual([]);
		await closeDatabase(clerk);
	});

	it('refuses a store of a newer package', async () => {
		const db = await openDatabase(place);
		await sql`insert into schema_migrations (version, name, applied_at) values (${SCHEMA_VERSION + 1}, 'later', ${NOW})`.execute(db);
		await closeDatabase(place);
		await expect(openDatabase(place)).rejects.toMatchObject({ message: expect.stringContaining('newer version'), howToGoOn: expect.stringContaining('Update the package') });
	});

	it.each<[string, Partial<Place>, RegExp, RegExp]>([
		['the password is wrong', { password: 'wrong' }, /does not accept the password/, /Correct user and password/],
		['there is no such database', { name: 'nowhere' }, /has no such database/, /createdb/],
		['nobody listens', { port: 1 }, /cannot be reached/, /Check host and port/],
		['there is no such host', { host: 'no.such.host.invalid' }, /cannot be found/, /Correct the host/],
		['no host is given', { host: ' ' }, /names no PostgreSQL host/, /Enter/],
		['no database is given', { name: '' }, /names no PostgreSQL database/, /Enter/],
		['no user is given', { user: '' }, /names no PostgreSQL user/, /Enter/],
		['the schema is no name', { schema: 'a; drop table customers' }, /no plain name/, /optical_crm/],
	])('says what to do where %s', async (_, changes, message, howToGoOn) => {
		const wrong = { ...place, ...changes } as Place;
		const open = async () => await openDatabase(wrong);
		await expect(open()).rejects.toMatchObject({ message: expect.stringMatching(message), howToGoOn: expect.stringMatching(howToGoOn) });
	});
});

describe('TLS', () => {
	const ssl = async (tls: Place['tls']) => (await sql<{ ssl: number }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(await openDatabase({ ...place, tls } as Place))).rows[0].ssl;

	it('is off or on as the credential says', async () => {
		expect([await ssl('off'), await ssl('require')]).toEqual([0, 1]);
		await closeDatabase({ ...place, tls: 'require' } as Place);
	});

	it('refuses a certificate that cannot be checked, unless told otherwise', async () => {
		const strict: Place = { ...place, host: 'localhost', tls: undefined };
		await expect(openDatabase(strict)).rejects.toMatchObject({ message: expect.stringContaining('certificate that cannot be checked'), howToGoOn: expect.stringContaining('Paste the certificate') });
	});

	it('is not given up where the server has none', async () => {
		// What a server without TLS answers to the first message: https://www.postgresql.org/docs/current/protocol-flow.html
		const plain = createServer((socket) => socket.once('data', () => socket.end('N')));
		await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
		const port = (plain.address() as AddressInfo).port;
		await expect(openDatabase({ ...place, port, tls: 'require' } as Place)).rejects.toMatchObject({ message: expect.stringContaining('does not speak TLS'), howToGoOn: expect.stringContaining('Off') });
		await new Promise((resolve) => plain.close(resolve));
	});
});

describe('the SQL of the file', () => {
	it('orders text by its bytes, whatever the language of the server', async () => {
		const db = await openDatabase(place);
		for (const code of ['b', 'A', 'a', 'B', 'à', '-', 'a-b', 'ab']) await saveShop(db, code, { name: code }, NOW);
		const rows = await db.selectFrom('shops').select('code').orderBy('code').execute();
		expect(rows.map(({ code }) => code)).toEqual(['-', 'A', 'B', 'a', 'a-b', 'ab', 'b', 'à']);
		const { rows: plain } = await sql`select table_name, column_name from information_schema.columns
			where table_schema = current_schema() and data_type = 'text' and collation_name is distinct from 'C' and table_name <> 'schema_migrations'`.execute(db);
		expect(plain).toEqual([]);
	});

	it('knows numbers as numbers and truths as 0 and 1', async () => {
		const db = await openDatabase(place);
		const { rows } = await sql`select count(*) as many, sum(x) as total, true as yes, false as no, ${null} as nothing, ${2 ** 40} as big, ${0.5} as half from ${sql`(values (1), (2)) as t(x)`}`.execute(db);
		expect(rows).toEqual([{ many: 2, total: 3, yes: 1, no: 0, nothing: null, big: 2 ** 40, half: 0.5 }]);
	});

	it('lets one transaction write at a time: who reads first and writes later finds nothing changed in between', async () => {
		const db = await openDatabase(place);
		await saveShop(db, 'main', { name: 'Ottica' }, NOW);
		await db.insertInto('desk_failures').values({ shop_id: 1, subject: 'x', failures: 0, last_at: NOW }).execute();
		const addOne = async () =>
			await db.transaction().execute(async (transaction) => {
				const { failures } = await transaction.selectFrom('desk_failures').select('failures').executeTakeFirstOrThrow();
				await new Promise((resolve) => setTimeout(resolve, 2));
				await transaction.updateTable('desk_failures').set({ failures: failures + 1 }).execute();
			});
		await Promise.all(Array.from({ length: 30 }, addOne));
		expect(await db.selectFrom('desk_failures').select('failures').execute()).toEqual([{ failures: 30 }]);
	});

	it('goes on after the server has closed a connection', async () => {
		const db = await openDatabase(place);
		// Its own connections only: other tests have theirs with the same server at the same time.
		const own = await Promise.all(Array.from({ length: 3 }, async () => (await sql<{ pid: number }>`select pg_backend_pid() as pid, pg_sleep(0.1)`.execute(db)).rows[0].pid));
		await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid in (${sql.join(own)}) and pid <> pg_backend_pid()`.execute(db);
		await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db).catch((error) => expect(error).toMatchObject({ message: expect.stringMatching(/shutting down|closed the connection/) }));
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(await db.selectFrom('shops').selectAll().execute()).toEqual([]);
	});

	it('goes on after the server has closed a connection that a transaction held without asking anything', async () => {
		const db = await openDatabase(place);
		const held = db.transaction().execute(async (transaction) => {
			const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
			await sql`select pg_terminate_backend(${rows[0].pid})`.execute(db);
			// Meanwhile the transaction waits for something else, such as a file: an error that nobody hears would end the process.
			await new Promise((resolve) => setTimeout(resolve, 100));
			await transaction.selectFrom('shops').selectAll().execute();
		});
		await expect(held).rejects.toMatchObject({ message: expect.stringContaining('closed the connection'), howToGoOn: expect.stringContaining('Run again') });
		expect(await db.selectFrom('shops').selectAll().execute()).toEqual([]);
	});
});
