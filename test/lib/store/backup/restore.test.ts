import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { backUpStore } from '../../../../lib/store/backup/backup';
import { restoreStore } from '../../../../lib/store/backup/restore';
import { consentHistory } from '../../../../lib/store/consents';
import { listCustomers } from '../../../../lib/store/customers/customers';
import { eraseCustomers } from '../../../../lib/store/erasing/eraseCustomers';
import { changeLinkedDevice, findLinkedDevice, holdLinkedDevice, stopLinkedDevice } from '../../../../lib/store/linkedDevice/device';
import { keyShelf } from '../../../../lib/store/linkedDevice/keys';
import { recordConsents } from '../../../../lib/store/recordConsents';
import { assignGroups } from '../../../../lib/store/rollout/assignments';
import { fallBack, openStep, rolloutChanges } from '../../../../lib/store/rollout/changes';
import { holdCampaigns } from '../../../../lib/store/rollout/holds';
import { rolloutStanding } from '../../../../lib/store/rollout/standing';
import { verifyConsents } from '../../../../lib/store/verifyConsents';
import { customer, openTestStore, saved, type TestStore } from '../../../support/store';

const NOW = '2026-11-23T08:00:00.000Z';
const SECRET = 'a-secret-of-the-linked-phone-0123456789';
let test: TestStore;
let backup: string;
let kept: string;
beforeEach(async () => {
	test = await openTestStore();
	backup = join(dirname(test.settings.file), 'backups', 'one.db');
	kept = join(dirname(test.settings.file), 'backups', 'kept.db');
});
afterEach(async () => await test.close());

const restore = async (isConfirmed = true, shop = 'main') => await restoreStore(test.settings, shop, backup, kept, isConfirmed, NOW);
const names = async () => (await listCustomers(test.store, { limit: 1000 })).map(({ lastName }) => lastName);
const inFile = (file: string, query: string) => {
	const database = new DatabaseSync(file, { readOnly: true });
	const rows = database.prepare(query).all();
	database.close();
	return rows;
};
const insertMessage = async (id: number, state: string, hash = `hash ${id}`) => {
	const [{ id: customerId }] = await listCustomers(test.store, { limit: 1 });
	await sql`insert into occasions (id, shop_id, customer_id, kind, due_on, stage, state, claims, created_at)
		values (${id}, 1, ${customerId}, 'birthday', '2026-11-22', ${id}, 'settled', 1, ${NOW})`.execute(test.store.db);
	await sql`insert into messages (id, shop_id, customer_id, occasion_id, contact_point_id, channel, class, language, template_id, template_version, body, text, content_hash, approved_hash, state, attempts, created_at, updated_at)
		values (${id}, 1, ${customerId}, ${id}, 1, 'email', 'relational', 'it', 'birthday', 1, '', '', ${hash}, ${hash}, ${state}, 0, ${NOW}, ${NOW})`.execute(test.store.db);
};

it('puts back what the backup holds, for connections that are open, and keeps what was there', async () => {
	const [id] = await saved(test.store, [customer({ lastName: 'Salvata' }), customer({ lastName: 'Cancellata' })]);
	await backUpStore(test.settings.file, backup);
	await saved(test.store, [customer({ lastName: 'Nuova' })]);
	await sql`update customers set last_name = 'Cambiata' where id = ${id}`.execute(test.store.db);
	await eraseCustomers(test.store, [id + 1], { reason: 'request', who: 'Chiara' }, NOW);
	const result = await restore();
	expect(result).toMatchObject({ restored: true, kept: { file: kept } });
	// Who was erased since is erased again.
	expect(await names()).toEqual(['Salvata']);
	expect(await verifyConsents(test.store)).toMatchObject({ customers: 2, broken: [] });
	expect(inFile(kept, 'select last_name from customers order by id')).toEqual([{ last_name: 'Cambiata' }, { last_name: '' }, { last_name: 'Nuova' }]);
	// The guards are up again: nothing may be changed in the ledger, and a reference into nothing is refused.
	await expect(sql`delete from consents`.execute(test.store.db)).rejects.toThrow('append-only');
	await expect(sql`update customers set shop_id = 99`.execute(test.store.db)).rejects.toThrow(/foreign key/i);
	// Ids go on as in the backup.
	expect(await saved(test.store, [customer()])).toEqual([id + 2]);
	expect(readdirSync(dirname(backup)).sort()).toEqual(['kept.db', 'one.db']);
});

it('lets what people said and what was sent since outlive it: a no, an erasure, an occasion that was contacted', async () => {
	const [refuses, agrees] = await saved(test.store, [customer(), customer({ consents: [] })]);
	await backUpStore(test.settings.file, backup);
	const said = { channel: 'email', purpose: 'marketing', legalBasis: 'consent', capturedAt: '2026-11-22T10:00:00.000Z', source: 'desk', evidence: 'Al banco' } as const;
	await recordConsents(test.store, [{ ...said, customerId: refuses, status: 'objected' }, { ...said, customerId: agrees, status: 'granted' }], NOW);
	await insertMessage(7, 'sent');
	await restore();
	const words = (await listCustomers(test.store, { limit: 9 })).map(({ id }) => id);
	expect(words).toEqual([refuses, agrees]);
	const chains = await consentHistory(test.store, words);
	expect(chains.get(refuses)?.map(({ status }) => status)).toEqual(['granted', 'objected']);
	// A yes that the backup does not know is gone: it must be asked again.
	expect(chains.get(agrees)).toBeUndefined();
	expect(await verifyConsents(test.store)).toMatchObject({ broken: [] });
	expect(await test.store.db.selectFrom('suppressions').select(['purpose', 'reason', 'created_at']).execute()).toEqual([{ purpose: 'marketing', reason: 'objected', created_at: said.capturedAt }]);
	expect(await test.store.db.selectFrom('occasions').select(['kind', 'state', 'outcome']).execute()).toEqual([{ kind: 'birthday', state: 'settled', outcome: 'message' }]);
	// A second restore says the same no once only.
	rmSync(kept);
	await restore();
	expect((await consentHistory(test.store, [refuses])).get(refuses)?.map(({ status }) => status)).toEqual(['granted', 'objected']);
});

it('first tells what would be lost, and changes nothing', async () => {
	const [id] = await saved(test.store, [customer()]);
	await insertMessage(1, 'approved');
	await backUpStore(test.settings.file, backup);
	await sql`update messages set state = 'sent'`.execute(test.store.db);
	await insertMessage(2, 'sent');
	await saved(test.store, [customer()]);
	await recordConsents(test.store, [{ customerId: id, channel: 'any', purpose: 'any', status: 'objected', legalBasis: 'consent', capturedAt: NOW, source: 'staff' }], NOW);
	const before = inFile(test.settings.file, 'select * from customers');
	expect(await restore(false)).toEqual({ restored: false, loss: { customers: 1, consents: 2, messagesSent: 2 } });
	expect(inFile(test.settings.file, 'select * from customers')).toEqual(before);
	expect(existsSync(kept)).toBe(false);
});

it('sends nothing twice: what left since is uncertain, what was approved waits again', async () => {
	await saved(test.store, [customer()]);
	await insertMessage(1, 'approved');
	await insertMessage(2, 'approved');
	await insertMessage(3, 'pending');
	await insertMessage(4, 'pending');
	await backUpStore(test.settings.file, backup);
	await sql`update messages set state = 'sent' where id in (1, 3)`.execute(test.store.db);
	await sql`update messages set state = 'sent', content_hash = 'another text' where id = 4`.execute(test.store.db);
	await restore();
	const { rows } = await sql`select id, state, approved_hash from messages order by id`.execute(test.store.db);
	expect(rows).toEqual([
		{ id: 1, state: 'uncertain', approved_hash: null },
		{ id: 2, state: 'pending', approved_hash: null },
		{ id: 3, state: 'uncertain', approved_hash: null },
		{ id: 4, state: 'pending', approved_hash: 'hash 4' },
	]);
	expect((await sql`select message_id, from_state, to_state, why from message_history`.execute(test.store.db)).rows).toEqual([
		{ message_id: 1, from_state: 'approved', to_state: 'uncertain', why: 'RESTORED' },
		{ message_id: 2, from_state: 'approved', to_state: 'pending', why: 'RESTORED' },
		{ message_id: 3, from_state: 'pending', to_state: 'uncertain', why: 'RESTORED' },
	]);
});

it('restores while another process writes: each of its rows is in the copy, in the store, or in both', async () => {
	await saved(test.store, Array.from({ length: 300 }, () => customer()));
	await backUpStore(test.settings.file, backup);
	const writer = spawn(process.execPath, ['-e', `
		const { DatabaseSync } = require('node:sqlite');
		const database = new DatabaseSync(${JSON.stringify(test.settings.file)}, { timeout: 5000 });
		let row = 0;
		const timer = setInterval(() => database.prepare("insert into households (shop_id, name, created_at) values (1, ?, 'x')").run(String(++row)), 1);
		process.stdin.on('end', () => { clearInterval(timer); console.log(row); }).resume();
	`], { stdio: ['pipe', 'pipe', 'inherit'] });
	let said = '';
	writer.stdout.on('data', (text) => (said += text));
	const written = () => Number((inFile(test.settings.file, 'select count(*) as total from households')[0] as { total: number }).total);
	const wait = async (holds: () => boolean) => {
		while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
	};
	try {
		await wait(() => written() > 20);
		const inProcess = saved(test.store, [customer({ lastName: 'Mittendrin' })]);
		await restore();
		const after = written();
		await wait(() => written() > after + 20);
		await inProcess;
	} finally {
		writer.stdin.end();
	}
	const [code] = await once(writer, 'close');
	expect(code).toBe(0);
	const rows = (file: string) => inFile(file, 'select name from households').map(({ name }) => Number((name as string)));
	const found = new Set([...rows(kept), ...rows(test.settings.file)]);
	expect(rows(kept).length).toBeGreaterThan(20);
	expect([...found].sort((one, other) => one - other)).toEqual(Array.from({ length: Number(said) }, (_, index) => index + 1));
	expect((await names()).length + inFile(kept, "select 1 from customers where last_name = 'Mittendrin'").length).toBeGreaterThanOrEqual(301);
}, 30_000);

it('refuses a damaged backup, one of another shop, and a copy that would overwrite another; the store stays as it is and in use', async () => {
	await saved(test.store, [customer({ lastName: 'Salvata' })]);
	await backUpStore(test.settings.file, backup);
	await saved(test.store, [customer({ lastName: 'Nuova' })]);
	await expect(restore(true, 'second')).rejects.toMatchObject({ message: expect.stringContaining('does not hold the shop "second"'), howToGoOn: expect.stringContaining('main') });
	await backUpStore(test.settings.file, kept);
	await expect(restore()).rejects.toMatchObject({ message: expect.stringContaining('exists already') });
	const database = new DatabaseSync(backup);
	database.exec(`drop trigger consents_no_update; update consents set status = 'denied'`);
	database.close();
	await expect(restore()).rejects.toMatchObject({ message: expect.stringContaining('damaged'), howToGoOn: expect.stringContaining('Check Backup') });
	expect(await names()).toEqual(['Salvata', 'Nuova']);
	await saved(test.store, [customer()]);
	await expect(sql`update customers set shop_id = 99`.execute(test.store.db)).rejects.toThrow(/foreign key/i);
});

it('does not let go what a brake held since, nor open what was closed since, and keeps the groups of who was written to', async () => {
	const [id] = await saved(test.store, [customer({ lastName: 'Salvata' })]);
	await backUpStore(test.settings.file, backup);
	await fallBack(test.store, 'relational', { who: 'chiara', figures: [], note: 'troppo presto' }, NOW);
	await holdCampaigns(test.store, [{ campaign: 'birthday', channel: 'email', reason: 'BRAKE_BOUNCES', figures: { bad: 9, of: 20 } }], NOW);
	await insertMessage(1, 'sent');
	await assignGroups(test.store, [{ occasionId: 1, group: 'contact' }], '2026-11-22', NOW);
	await restore();
	expect(await rolloutStanding(test.store)).toEqual({ step: 'relational', holds: [{ campaign: 'birthday', channel: 'email', reason: 'BRAKE_BOUNCES' }] });
	expect((await rolloutChanges(test.store, 1))[0]).toMatchObject({ kind: 'fell-back', who: 'chiara', note: 'troppo presto' });
	expect(await test.store.db.selectFrom('campaign_assignments').select(['customer_id', 'campaign', 'grp']).execute()).toEqual([{ customer_id: id, campaign: 'birthday', grp: 'contact' }]);
	// A step that was opened since the backup is for the lead to open again.
	await openStep(test.store, 'recall', { who: 'chiara', figures: [] }, NOW);
	rmSync(kept);
	rmSync(backup);
	await fallBack(test.store, 'data', { who: 'chiara', figures: [] }, NOW);
	await backUpStore(test.settings.file, backup);
	await openStep(test.store, 'relational', { who: 'chiara', figures: [] }, NOW);
	await restore();
	expect((await rolloutStanding(test.store)).step).toBe('data');
});

it('keeps the session of the linked phone as it is now: the keys of a backup would open nothing any more', async () => {
	const shelf = keyShelf(test.store, SECRET, 'one');
	await holdLinkedDevice(test.store, 'one', '2036-01-01T00:00:00.000Z', NOW);
	await shelf.write([{ kind: 'session', name: 'a', value: 'old' }, { kind: 'session', name: 'b', value: 'gone since' }]);
	await backUpStore(test.settings.file, backup);
	await changeLinkedDevice(test.store, 'one', { state: 'linked', number: '+390555000100', linkedAt: NOW }, NOW);
	await stopLinkedDevice(test.store, 'WA_463', NOW);
	await shelf.write([{ kind: 'session', name: 'a', value: 'new' }, { kind: 'session', name: 'b', value: null }]);
	await restore();
	expect(await findLinkedDevice(test.store, NOW)).toEqual({ state: 'linked', connected: false, isHeld: false, number: '+390555000100', linkedAt: NOW, stoppedCode: 'WA_463', stoppedAt: NOW });
	expect([...(await keyShelf(test.store, SECRET, 'one').read('session', ['a', 'b']))]).toEqual([['a', 'new']]);
});
