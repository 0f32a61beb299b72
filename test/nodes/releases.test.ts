import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import type { Outgoing } from '../../lib/channels/channel';
import { birthdays } from '../../lib/occasions/birthday';
import { birthdaySettings } from '../../lib/occasions/birthdaySettings';
import { plusMinutes } from '../../lib/domain/time';
import { approveMessages } from '../../lib/store/approval';
import { keyShelf } from '../../lib/store/linkedDevice/keys';
import { holdLinkedDevice } from '../../lib/store/linkedDevice/device';
import { markPosted } from '../../lib/store/letters';
import { SCHEMA_VERSION } from '../../lib/store/migrations';
import { closeDatabase, openDatabase, openStore, type Store, type StoreSettings } from '../../lib/store/open';
import { confirmOptIn } from '../../lib/store/optIns';
import { messageDetails } from '../../lib/store/review';
import { rolloutStanding } from '../../lib/store/rollout/standing';
import { markUncertain } from '../../lib/store/sending';
import { undoMerge } from '../../lib/store/merging/undoMerge';
import { verifyConsents } from '../../lib/store/verifyConsents';
import { findDue } from '../../nodes/shared/due';
import { receiveEvents } from '../../nodes/shared/receiveEvents';
import { sendMessages } from '../../nodes/shared/sendMessages';
import { EXPORT_ROWS, importRowsOf, OPEN, recorder, SENDING, UPGRADE_AT } from '../release/busyShop';
import { loadDump, readDump, type Dump } from '../release/dump';
import { ON_POSTGRES, SECRET, testPlace } from '../support/store';
import { setClock } from './support/clock';
import { PASSWORD, Visitor } from './support/visitor';

const RELEASES = path.join(__dirname, '..', 'fixtures', 'releases');
const VERSIONS = readdirSync(RELEASES);
const LATER = plusMinutes(UPGRADE_AT, 5);
const TODAY = '2026-11-22';
/** A message that was cut off is uncertain once its lease is over. */
const AFTER_LEASES = plusMinutes(UPGRADE_AT, 30);

let folder: string;
let settings: StoreSettings | undefined;
let dump: Dump;
let store: Store;

async function open(version: string): Promise<void> {
	folder = mkdtempSync(path.join(tmpdir(), 'optical-crm-release-'));
	settings = { ...testPlace(path.join(folder, 'store.db')), shop: 'main', secret: SECRET };
	dump = readDump(readFileSync(path.join(RELEASES, version, ON_POSTGRES ? 'postgres.jsonl' : 'file.jsonl'), 'utf8'));
	await loadDump(settings, dump);
	setClock(LATER);
	store = await openStore(settings);
}
afterEach(async () => {
	jest.useRealTimers();
	if (!settings) return;
	if (ON_POSTGRES) await sql`drop schema ${sql.ref((settings as { schema: string }).schema)} cascade`.execute(await openDatabase(settings));
	await closeDatabase(settings);
	rmSync(folder, { recursive: true, force: true });
});

type Row = Record<string, string | number | null>;
/** A table as the release left it. */
const left = (table: string): Row[] => {
	const { columns, rows } = dump.tables.find(({ name }) => name === table) as Dump['tables'][number];
	return rows.map((row) => Object.fromEntries(columns.map((column, place) => [column, row[place]])));
};
const present = async (table: string) => (await sql<Row>`select * from ${sql.table(table)}`.execute(store.db)).rows;
const messages = async () => new Map((await present('messages')).map((row) => [row.id as number, row]));
const leftIn = (state: string) => left('messages').filter((row) => row.state === state);

it('each release has left a store of both databases', () => {
	expect(VERSIONS).toContain('0.1.0');
	for (const version of VERSIONS) expect(readdirSync(path.join(RELEASES, version)).sort()).toEqual(['file.jsonl', 'postgres.jsonl']);
});

describe.each(VERSIONS)('a store of %s', (version) => {
	beforeEach(async () => await open(version));

	it('opens with every row and every history as it was', async () => {
		expect(await present('schema_migrations')).toHaveLength(new Set([...left('schema_migrations').map((row) => row.version)]).size + (await sql<{ added: number }>`select count(*) as added from schema_migrations where version > ${Math.max(...left('schema_migrations').map((row) => row.version as number))}`.execute(store.db)).rows[0].added);
		for (const table of ['message_history', 'consents', 'desk_log', 'provider_events', 'rollout_changes', 'policy_versions', 'own_templates']) {
			const rows = await present(table);
			expect([table, rows.length]).toEqual([table, left(table).length]);
			for (const row of left(table)) expect(rows).toContainEqual(expect.objectContaining(row));
		}
		expect(await verifyConsents(store)).toMatchObject({ broken: [], changedWordings: [], records: left('consents').length });
		const { version: schema } = (await sql<{ version: number }>`select max(version) as version from schema_migrations`.execute(store.db)).rows[0];
		expect(schema).toBe(SCHEMA_VERSION);
	});

	it('sends what is in flight, each message once, and nothing that has left or may have', async () => {
		const sent: Outgoing[] = [];
		const run = async (now: string) => {
			for (const channel of ['email', 'sms'] as const) {
				const way = recorder();
				await markUncertain(store, now);
				await sendMessages(store, channel, way, SENDING, () => now);
				sent.push(...way.sent);
			}
		};
		await run(LATER);
		const waiting = leftIn('pending').filter(({ channel, template_id: text, later_on: later }) => channel === 'email' && later === null && !String(text).startsWith('campaign'));
		const seen = (await messageDetails(store, waiting.map(({ id }) => id as number))).map(({ id, contentHash }) => ({ id, contentHash }));
		expect(await approveMessages(store, seen, 'chiara', TODAY, AFTER_LEASES)).toHaveLength(seen.length);
		await run(AFTER_LEASES);
		await run(plusMinutes(UPGRADE_AT, 2 * 1440));
		const ids = sent.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const goes = left('messages').filter((row) => row.state === 'approved' && ['email', 'sms'].includes(row.channel as string)).map(({ id }) => id as number);
		expect([...ids].sort((one, other) => one - other)).toEqual([...goes, ...seen.map(({ id }) => id)].sort((one, other) => one - other));
		expect(ids.length).toBeGreaterThanOrEqual(6);
		const now = await messages();
		for (const { id } of leftIn('sending')) expect(now.get(id as number)).toMatchObject({ state: 'uncertain' });
		for (const state of ['sent', 'delivered', 'failed', 'rejected', 'uncertain']) {
			expect(leftIn(state).length).toBeGreaterThan(0);
			for (const { id } of leftIn(state)) expect([state, now.get(id as number)?.state]).toEqual([state, state]);
		}
		for (const id of ids) expect(now.get(id)).toMatchObject({ state: 'sent', provider_id: `P${id}` });
		// What is not by e-mail or SMS waits for its own people.
		for (const { id } of leftIn('approved').filter(({ channel }) => ['letter', 'call'].includes(channel as string))) expect(now.get(id as number)).toMatchObject({ state: 'approved' });
	});

	it('hands out again what a workflow did not finish, and what is new, but nobody twice', async () => {
		const kinds = [birthdays(birthdaySettings({ belatedDays: 3, earlyDays: 0, leapDay: '02-28' }))];
		const poll = async (now: string) => (await findDue(store, kinds, { leaseMinutes: 60, mostPerPoll: 100, restDays: 0, olderDays: 0 }, { claim: true }, now)).found.map(({ occasionId }) => occasionId as number);
		const [alive, died] = [left('occasions').filter((row) => row.state === 'leased' && (row.leased_until as string) > LATER), left('occasions').filter((row) => row.state === 'leased' && (row.leased_until as string) <= LATER)];
		expect([alive.length, died.length]).toEqual([2, 1]);
		const first = await poll(LATER);
		expect(first).toEqual(expect.arrayContaining(died.map(({ id }) => id)));
		for (const { id } of alive) expect(first).not.toContain(id);
		expect(await poll(AFTER_LEASES)).toEqual(alive.map(({ id }) => id));
		const { rows } = await sql<{ doubled: number }>`select count(*) as doubled from (select 1 from occasions group by customer_id, kind, due_on, stage having count(*) > 1) as twice`.execute(store.db);
		expect(rows[0].doubled).toBe(0);
		expect((await present('campaign_assignments')).map(({ occasion_id: id, grp }) => [id, grp])).toEqual(expect.arrayContaining(left('campaign_assignments').map(({ occasion_id: id, grp }) => [id, grp])));
	});

	it('finishes the import that was cut off: what was saved is known, the rest comes in', async () => {
		expect(await importRowsOf(store, EXPORT_ROWS, LATER)).toMatchObject({ rows: EXPORT_ROWS, created: EXPORT_ROWS / 2, unchanged: EXPORT_ROWS / 2, rejected: 0 });
		expect(await importRowsOf(store, EXPORT_ROWS, AFTER_LEASES)).toMatchObject({ created: 0, unchanged: EXPORT_ROWS });
	});

	it('keeps whoever is logged in at the Desk, and goes on with their work', async () => {
		const accounts = { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }] } };
		const chiara = new Visitor({ credentials: { opticalCrmStoreApi: settings as StoreSettings, opticalCrmDeskApi: accounts } });
		expect(PASSWORD).toBe(OPEN.password);
		chiara.cookie = `optical_crm_desk=${OPEN.session}`;
		// A release that asked for a new login has thrown the session away; it is never half there.
		if ((await present('desk_sessions')).length === 0) await chiara.logIn();
		for (const [view, words] of [['', 'partita.0'], ['?view=tickets', ''], ['?view=letters', ''], ['?view=approve', 'Attesa'], ['?view=health', '']]) {
			const { status, body } = await chiara.get(view);
			expect([view, status, body.includes('name="password"')]).toEqual([view, 200, false]);
			if (view === '?view=approve') expect(body).toContain(words);
		}
		const [batch] = left('letter_batches');
		expect((await markPosted(store, batch.id as number, 'chiara', TODAY, LATER)).sent).toHaveLength(2);
	});

	it('hears what comes back of a message that left before, and what customers write', async () => {
		const [gone] = leftIn('sent');
		await receiveEvents(store, [{ kind: 'delivery', channel: 'email', providerId: gone.provider_id as string, eventId: 'new', state: 'delivered', at: LATER }, { kind: 'delivery', channel: 'email', providerId: `P${leftIn('delivered')[0].id}`, eventId: 'd1', state: 'delivered', at: LATER }], LATER);
		expect((await messages()).get(gone.id as number)).toMatchObject({ state: 'delivered' });
		const [ticket] = left('tickets');
		await receiveEvents(store, [{ kind: 'reply', channel: 'email', eventId: 'r2', from: ticket.sender as string, text: 'Allora?', at: LATER }], LATER);
		expect((await present('tickets')).filter(({ state }) => state === 'open')).toHaveLength(1);
	});

	it('keeps step, brakes, merges, opt-ins and the session of the phone', async () => {
		expect(await rolloutStanding(store)).toMatchObject({ step: 'recall', holds: [expect.objectContaining({ campaign: 'campaign.sole' })] });
		const [merge] = left('merges');
		expect(await undoMerge(store, merge.id as number, LATER)).toMatchObject({ mergedId: merge.merged_id });
		expect(await confirmOptIn(store, OPEN.optIn, 'it', LATER)).toBe(true);
		expect(await holdLinkedDevice(store, 'the new process', AFTER_LEASES, LATER)).toMatchObject({ state: 'linked', number: '+390550000000' });
		expect([...(await keyShelf(store, OPEN.phoneSecret, 'the new process').read('creds', ['me']))]).toEqual([['me', '{"noise":"kept"}']]);
	});
});
