import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewCustomer } from '../../lib/domain/customer';
import { sql } from 'kysely';
import { closeDatabase, onStatement, openDatabase, openStore, type Store, type StoreSettings } from '../../lib/store/open';
import type { StorePlace } from '../../lib/store/place';
import type { PostgresPlace } from '../../lib/store/postgres';
import { openAllSteps } from '../../lib/store/rollout/changes';
import { saveCustomers } from '../../lib/store/customers/saveCustomers';
import { saveShop } from '../../lib/store/shops';

export const SECRET = 'a-secret-for-tests-only-0123456789abcdef';
export const NOTICE = { version: '2024-01', purposes: ['marketing', 'recall', 'service'] as const, publishedOn: '2018-05-25' };

/** Messages leave whenever a test runs; the tests of the hours say otherwise. */
export const ANY_HOUR = { sendOnWorkdays: '00:00-24:00', sendOnSaturdays: '00:00-24:00', sendOnHolidays: '00:00-24:00' };

/** The tests run on PostgreSQL: Jest's project says so. */
export const ON_POSTGRES = (globalThis as { STORE_DATABASE?: string }).STORE_DATABASE === 'postgres';

/** A store on a real database of its own, with one shop; gone when the test file ends. */
export interface TestStore {
	store: Store;
	/** `file` is of use where the store is a file. */
	settings: StoreSettings & { file: string };
	close(): Promise<void>;
}

/** @param inStepData nothing is open yet, as in a new shop */
export async function openTestStore(now = '2026-11-22T08:00:00.000Z', inStepData = false): Promise<TestStore> {
	const folder = mkdtempSync(join(tmpdir(), 'optical-crm-'));
	const settings = { ...testPlace(join(folder, 'store.db')), shop: 'main', secret: SECRET } as TestStore['settings'];
	const database = await openDatabase(settings);
	await saveShop(
		database,
		'main',
		{
			name: 'Ottica Prova',
			street: 'Via Roma 1',
			town: 'Firenze',
			email: 'ciao@ottica.example',
			phone: '+39055000000',
			signature: 'Chiara',
			customerPageUrl: 'https://crm.example/webhook/ottica/customer',
			privacyNotices: [{ ...NOTICE, purposes: [...NOTICE.purposes] }],
			policy: ANY_HOUR,
		},
		now,
	);
	const store = await openStore(settings);
	// The tests of the rollout begin with a step of their own.
	if (!inStepData) await openAllSteps(store, 'chiara', now);
	return {
		settings,
		store,
		close: async () => {
			if (settings.database === 'postgres') await sql`drop schema ${sql.ref(settings.schema as string)} cascade`.execute(await openDatabase(settings));
			await closeDatabase(settings);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Where a store of the tests lives: in this file, or in a schema of its own where the tests run on PostgreSQL. */
export function testPlace(file: string): StorePlace & { file: string } {
	if (!ON_POSTGRES) return { database: 'file', file };
	const server = JSON.parse(process.env.TEST_POSTGRES as string) as PostgresPlace;
	return { ...server, database: 'postgres', tls: 'off', schema: `test_${randomBytes(6).toString('hex')}`, file };
}

let serial = 0;

/** A customer who may be written to by e-mail, changed as the test wants. */
export function customer(changes: Partial<NewCustomer> = {}): NewCustomer {
	const number = ++serial;
	return {
		code: `C${number}`,
		firstName: 'Giulia',
		lastName: `Rossi ${number}`,
		birthDate: '1980-11-22',
		contactPoints: [{ kind: 'email', value: `giulia.${number}@posta.example` }],
		consents: [{ channel: 'email', purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }],
		...changes,
	};
}

/** Saves customers as an import would, and gives their ids. */
export async function saved(store: Store, customers: NewCustomer[], now = '2026-11-22T08:00:00.000Z'): Promise<number[]> {
	const results = await saveCustomers(store, customers, { source: 'import', noticeVersion: NOTICE.version }, now);
	return results.map((result) => (result.status === 'rejected' ? -1 : result.id));
}

/** How many statements a piece of work sends to the database; `begin` and `commit` do not count. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
	let count = 0;
	const stop = onStatement((statement) => {
		if (!/^(begin|commit|rollback)/i.test(statement)) count++;
	});
	try {
		await work();
		return count;
	} finally {
		stop();
	}
}
