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
import { listCustomers } from '../../../lib/store/customers/customers';
import { verifyConsents } from '../../../lib/store/verifyConsents';
import { approveMessages } from '../../../lib/store/approval';
import { messageHistory } from '../../../lib/store/messageHistory';
import { claimDue } from '../../../lib/store/occasions/claim';
import { messageDetails, messageStates } from '../../../lib/store/review';
import { sendingTransaction } from '../../../lib/store/senders';
import { markUncertain, recordSending, recordTaken, takeApproved } from '../../../lib/store/sending';
import { birthdayPlan } from '../../support/due';
import { recordConsents } from '../../../lib/store/recordConsents';
import { refreshVisitRhythms } from '../../../lib/store/visitRhythms';
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

it('what was delivered and measured last stands with the rhythm of visits, as it is reckoned later', async () => {
	await storeOfVersion(36);
	const pair = (key: string, kind: string, deliveredOn: string, returnedOn?: string) => `insert into equipment (shop_id, customer_id, source_key, kind, delivered_on, returned_on, created_at, updated_at)
		values (1, 1, '${key}', '${kind}', '${deliveredOn}', ${returnedOn ? `'${returnedOn}'` : 'null'}, '${NOW}', '${NOW}')`;
	const exam = (key: string, kind: string, takenOn: string, nextDueOn?: string) => `insert into exams (shop_id, customer_id, source_key, kind, taken_on, next_due_on, created_at, updated_at)
		values (1, 1, '${key}', '${kind}', '${takenOn}', ${nextDueOn ? `'${nextDueOn}'` : 'null'}, '${NOW}', '${NOW}')`;
	await run([
		pair('a', 'spectacles', '2024-03-01'), pair('b', 'spectacles', '2025-02-01', '2025-03-01'), pair('c', 'contact-lenses', '2025-06-01'),
		exam('a', 'vision', '2024-01-05', '2024-06-01'), exam('b', 'vision', '2025-01-05', '2025-09-01'), exam('c', 'vision', '2025-01-05', '2025-07-01'), exam('d', 'other', '2025-05-05', '2025-05-06'),
		"insert into visit_rhythms (customer_id, shop_id, last_visit_on, rhythm_months) values (1, 1, '2025-06-01', 6)",
	]);
	const store = await openStore({ ...place, shop: 'main', secret: SECRET });
	const row = async () => await store.db.selectFrom('visit_rhythms').selectAll().executeTakeFirst();
	const last = { spectacles_on: '2024-03-01', exam_on: '2025-01-05', next_exam_on: '2025-07-01' };
	expect(await row()).toMatchObject(last);
	await refreshVisitRhythms(store, [1]);
	expect(await row()).toMatchObject(last);
});

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

const STATES = ['pending', 'approved', 'sending', 'uncertain', 'sent', 'failed', 'rejected'] as const;
const [BEFORE, LATER] = ['2026-01-01T08:01:00.000Z', '2026-01-01T10:00:00.000Z'];

/** What was going on in that store: an occasion that a dead workflow holds, one that a living one holds, and a message in each state; with the columns that all versions know. */
async function inFlight(): Promise<void> {
	const occasion = (id: number, due: string, state: string, outcome: string | null, until: string | null) =>
		`insert into occasions (id, shop_id, customer_id, kind, due_on, stage, state, outcome, claims, leased_until, created_at)
			values (${id}, 1, 1, 'birthday', '${due}', 1, '${state}', ${outcome ? `'${outcome}'` : 'null'}, 1, ${until ? `'${until}'` : 'null'}, '${NOW}')`;
	await run([
		`insert into contact_points (shop_id, customer_id, kind, value, status, preferred, address_hash, created_at) values (1, 1, 'email', 'anna@posta.example', 'valid', 0, 'a', '${NOW}')`,
		occasion(101, '2026-01-01', 'leased', null, BEFORE),
		occasion(102, '2025-12-31', 'leased', null, '2026-01-01T12:00:00.000Z'),
		...STATES.flatMap((state, place) => [
			occasion(place + 1, `2025-0${place + 1}-01`, 'settled', 'message', null),
			`insert into messages (id, shop_id, customer_id, occasion_id, contact_point_id, channel, class, language, template_id, template_version, body, text, content_hash, approved_hash, state, attempts, sending_until, provider_id, created_at, updated_at)
				values (${place + 1}, 1, 1, ${place + 1}, 1, 'email', 'service', 'it', 'welcome', 1, 'Buongiorno', 'Buongiorno', 'h${place}', ${state === 'pending' ? 'null' : `'h${place}'`}, '${state}',
					${state === 'sending' ? 1 : 0}, ${state === 'sending' ? `'${BEFORE}'` : 'null'}, ${state === 'sent' ? `'P5'` : 'null'}, '${NOW}', '${NOW}')`,
			`insert into message_history (message_id, at, from_state, to_state, who) values (${place + 1}, '${NOW}', null, '${state}', 'workflow')`,
		]),
		// As the databases count themselves when rows come in by the usual way.
		...(place.database === 'postgres' ? ['messages', 'occasions', 'message_history', 'contact_points'].map((table) => `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`) : []),
	]);
}

it.each(MIGRATIONS.slice(0, -1).map(({ version }) => version))('what was going on in a store of version %i goes on: nothing is sent twice, nothing is forgotten', async (version) => {
	await storeOfVersion(version);
	await inFlight();
	const store = await openStore({ ...place, shop: 'main', secret: SECRET });
	const states = async () => Object.fromEntries([...(await messageStates(store, STATES.map((_, one) => one + 1)))].map(([id, state]) => [STATES[id - 1], state]));
	expect(await markUncertain(store, LATER)).toEqual([STATES.indexOf('sending') + 1]);
	expect(await approveMessages(store, [{ id: 1, contentHash: 'h0' }], 'chiara', '2026-01-01', LATER)).toMatchObject([{ id: 1 }]);
	const take = async () => await sendingTransaction(store, async (transaction) => {
		const taken = await takeApproved(transaction, store, { channels: ['email'], limit: 100, today: '2026-01-01' }, LATER);
		await recordTaken(transaction, taken.map(({ id }) => ({ id, to: 'sending', sendingUntil: LATER, sentOn: '2026-01-01' })), LATER);
		return taken.map(({ id }) => id);
	});
	expect(await take()).toEqual([1, 2]);
	expect(await take()).toEqual([]);
	await sendingTransaction(store, async (transaction) => await recordSending(transaction, [1, 2].map((id) => ({ id, to: 'sent', providerId: `P${id}` })), LATER));
	expect(await states()).toEqual({ pending: 'sent', approved: 'sent', sending: 'uncertain', uncertain: 'uncertain', sent: 'sent', failed: 'failed', rejected: 'rejected' });
	const lines = async (id: number) => (await messageHistory(store.db, store.shop.id, id)).map(({ to }) => to);
	expect([await lines(1), await lines(5)]).toEqual([['pending', 'approved', 'sending', 'sent'], ['sent']]);
	const claimed = await claimDue(store, birthdayPlan('2026-01-01'), { limit: 10, leaseMinutes: 60 }, LATER);
	expect(claimed.map(({ occasionId }) => occasionId)).toEqual([101]);
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
