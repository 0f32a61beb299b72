import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { GENESIS, hashConsent } from '../../../lib/domain/consentChain';
import type { ConsentRecord } from '../../../lib/domain/consent';
import { postgresWords, SQLITE_WORDS } from '../../../lib/store/dialect';
import { MIGRATIONS } from '../../../lib/store/migrations';
import { pendingGroups } from '../../../lib/store/approve/pending';
import { closeDatabase, openStore } from '../../../lib/store/open';
import { listCustomers } from '../../../lib/store/customers';
import { verifyConsents } from '../../../lib/store/verifyConsents';
import { messageDetails } from '../../../lib/store/review';
import { recordConsents } from '../../../lib/store/recordConsents';
import { SECRET, testPlace } from '../../support/store';

const NOW = '2026-01-01T08:00:00.000Z';
const CONSENT = {
	customerId: 1, channel: 'email', purpose: 'marketing', status: 'granted', legalBasis: 'consent', capturedAt: NOW, source: 'import', sequence: 1, recordedAt: NOW,
} satisfies Omit<ConsentRecord, 'id' | 'hash' | 'previousHash'>;

let folder: string;
let place: ReturnType<typeof testPlace>;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'optical-crm-'));
	place = testPlace(join(folder, 'store.db'));
});
afterEach(async () => {
	await closeDatabase(place);
	rmSync(folder, { recursive: true, force: true });
});

/** A store as the package of that schema version left it: a shop, a customer and a consent. */
async function storeOfVersion(version: number): Promise<void> {
	const words = place.database === 'postgres' ? postgresWords(place.schema as string) : SQLITE_WORDS;
	await run([
		...(place.database === 'postgres' ? [] : ['pragma application_id = 1329812045']),
		...words.prepare,
		'create table schema_migrations (version integer primary key, name text not null, applied_at text not null)',
		...MIGRATIONS.filter((migration) => migration.version <= version).flatMap((step) => [
			...step.statements(words).map(words.statement),
			`insert into schema_migrations values (${step.version}, '${step.name}', '${NOW}')`,
		]),
		`insert into shops (code, name, country, time_zone, language, formality, privacy_notices, policy, updated_at) values ('main', 'Ottica', 'IT', 'Europe/Rome', 'it', 'lei', '[]', '{}', '${NOW}')`,
		`insert into customers (shop_id, code, first_name, last_name, match_key, search_name, created_at, updated_at) values (1, 'C1', 'Anna', 'Rossi', 'rossi|anna|', 'rossi anna', '${NOW}', '${NOW}')`,
		`insert into consents (shop_id, customer_id, sequence, channel, purpose, status, legal_basis, captured_at, source, recorded_at, previous_hash, hash)
			values (1, 1, 1, 'email', 'marketing', 'granted', 'consent', '${NOW}', 'import', '${NOW}', '${GENESIS}', '${hashConsent(CONSENT, GENESIS)}')`,
		// From the second version on the end of each chain is kept beside it.
		...(version < 2 ? [] : ['insert into consent_heads (customer_id, shop_id, sequence, hash) select customer_id, shop_id, sequence, hash from consents']),
	]);
}

/** Runs statements without the package. */
async function run(statements: readonly string[]): Promise<void> {
	if (place.database === 'postgres') {
		const { host, port, name, user, password, schema } = place;
		const client = new Client({ host, port, user, password, database: name, options: `-c search_path=${schema}` });
		await client.connect();
		for (const statement of statements) await client.query(statement);
		return await client.end();
	}
	const database = new DatabaseSync(place.file);
	for (const statement of statements) database.exec(statement);
	database.close();
}

it.each(MIGRATIONS.slice(0, -1).map(({ version }) => version))('a store of version %i opens, and goes on where it was', async (version) => {
	await storeOfVersion(version);
	const store = await openStore({ ...place, shop: 'main', secret: SECRET });
	expect(await listCustomers(store, { limit: 10 })).toMatchObject([{ code: 'C1', lastName: 'Rossi' }]);
	expect(await verifyConsents(store)).toMatchObject({ customers: 1, records: 1, broken: [] });
	await recordConsents(store, [{ ...CONSENT, status: 'withdrawn', source: 'desk' }], '2026-02-01T08:00:00.000Z');
	expect(await verifyConsents(store)).toMatchObject({ records: 2, broken: [] });
	const { steps } = await store.db.selectFrom('schema_migrations' as never).select((all) => all.fn.countAll<number>().as('steps')).executeTakeFirstOrThrow() as { steps: number };
	expect(steps).toBe(MIGRATIONS.length);
});

it('a mail that was stored with its message is still there, and counted by its kind', async () => {
	await storeOfVersion(25);
	await run([
		`insert into contact_points (shop_id, customer_id, kind, value, status, preferred, address_hash, created_at) values (1, 1, 'email', 'anna@posta.example', 'valid', 0, 'a', '${NOW}')`,
		...[1, 2].flatMap((id) => [
			`insert into occasions (id, shop_id, customer_id, kind, due_on, stage, state, claims, created_at) values (${id}, 1, 1, 'welcome', '2026-01-0${id}', 1, 'settled', 1, '${NOW}')`,
			`insert into messages (shop_id, customer_id, occasion_id, contact_point_id, channel, class, language, template_id, template_version, body, text, html, content_hash, state, created_at, updated_at)
				values (1, 1, ${id}, 1, 'email', 'service', 'it', 'welcome', 1, 'Benvenuta', 'Benvenuta', ${id === 1 ? `'<p>Benvenuta</p>'` : 'null'}, 'h', 'pending', '${NOW}', '${NOW}')`,
		]),
	]);
	const store = await openStore({ ...place, shop: 'main', secret: SECRET });
	expect(await pendingGroups(store, '2026-01-03')).toEqual([{ kind: 'welcome', channel: 'email', template: 'welcome', pending: 2 }]);
	const mails = (await messageDetails(store, [1, 2])).map(({ id, text, html }) => ({ id, text, html }));
	expect(mails).toEqual([{ id: 1, text: 'Benvenuta', html: '<p>Benvenuta</p>' }, { id: 2, text: 'Benvenuta', html: undefined }]);
});
