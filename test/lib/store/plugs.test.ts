import { sql } from 'kysely';
import { readBooks } from '../../plugs/books/books';
import { checkBooks } from '../../plugs/books/check';
import { openFiles, openServer, type PluggedDatabase } from '../../plugs/database';
import { openPool, type Pool } from '../../plugs/pool';
import { startProviders, type Providers } from '../../plugs/provider';
import { runOnce } from '../../plugs/run';
import { openTestStore, ON_POSTGRES, saved, customer } from '../../support/store';

/* A few of the runs of `npm run test:plugs`, which makes hundreds. */

const RUNS = 3;
jest.setTimeout(RUNS * 60_000);

let database: PluggedDatabase;
let providers: Providers;
let pool: Pool;
beforeAll(async () => {
	database = ON_POSTGRES ? await openServer() : openFiles();
	providers = await startProviders();
	pool = openPool();
});
afterAll(async () => {
	pool?.close();
	await providers?.stop();
	await database?.stop();
});

it.each(Array.from({ length: RUNS }, (_, index) => 7_001 + index))('plugs are pulled, and the books are in order: seed %i', async (seed) => {
	const { broken, problems, messages, taken } = await runOnce({ database, providers, pool }, seed);
	expect({ broken, notForeseen: Object.keys(problems).filter((problem) => problem.includes('not foreseen')) }).toEqual({ broken: [], notForeseen: [] });
	expect(messages).toBeGreaterThan(20);
	expect(taken).toBeGreaterThan(0);
});

it('a consent that somebody has changed in the database is found when the books are read', async () => {
	const now = '2026-11-22T08:00:00.000Z';
	const { store, close } = await openTestStore(now);
	const [id] = await saved(store, [customer()], now);
	const witness = { bookings: [], acknowledged: [], expected: [], clockMoved: false };
	expect(checkBooks(await readBooks(store, witness, now))).toEqual([]);
	await sql.raw(ON_POSTGRES ? 'drop trigger consents_no_update on consents' : 'drop trigger consents_no_update').execute(store.db);
	await sql`update consents set status = 'denied' where customer_id = ${id}`.execute(store.db);
	expect(checkBooks(await readBooks(store, witness, now)).map(({ rule }) => rule)).toEqual(['consent-chains']);
	await close();
});
