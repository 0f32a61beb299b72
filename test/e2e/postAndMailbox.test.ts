import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { itemsOf, requireSuccess } from '../../demo/setup/n8nExecution';
import { answerTo, bounceOf } from '../../demo/standins/customerMail';
import type { Channel } from '../../lib/domain/glossary';
import { openStore, type Store } from '../../lib/store/open';
import { saveCustomers } from '../../lib/store/customers/saveCustomers';
import type { CrmWorkflow } from './support/crmWorkflow';
import { openDemoShop, OPENING_MS, type DemoShop } from './support/demoShop';
import { runCrm } from './support/runCrm';
import { until } from './support/wait';

jest.setTimeout(120_000);

const MAILBOX = '83-mailbox.json';
const folder = mkdtempSync(path.join(tmpdir(), 'optical-crm-post-'));
let demo: DemoShop;
let store: Store;
/** Two people who agreed to recalls by letter, with an app and an e-mail address each. */
let ids: number[];

const address = (number: number) => ({ kind: 'address' as const, value: JSON.stringify({ street: `Via Roma ${number}`, postalCode: '50123', town: 'Firenze', province: 'FI' }) });
const PEOPLE = ['Elena', 'Marco'].map((firstName, index) => ({
	code: `P${index}`, firstName, lastName: 'Prova', birthDate: '1980-05-05', sex: index === 0 ? ('F' as const) : ('M' as const),
	contactPoints: [address(index + 1), { kind: 'email' as const, value: `${firstName.toLowerCase()}@posta.example` }, { kind: 'push' as const, value: `app-of-${firstName.toLowerCase()}` }],
	consents: [{ channel: 'letter' as const, purpose: 'recall' as const, status: 'granted' as const, capturedOn: '2023-02-03' }],
}));

beforeAll(async () => {
	demo = await openDemoShop('2026-11-24');
	store = await openStore(demo.shop.settings);
	const saved = await saveCustomers(store, PEOPLE, { source: 'import', noticeVersion: store.shop.privacyNotices[0].version }, new Date().toISOString());
	ids = saved.flatMap((result) => (result.status === 'rejected' ? [] : [result.id]));
	await demo.client().activate(demo.shop.workflows[MAILBOX]);
}, OPENING_MS);

afterAll(async () => {
	rmSync(folder, { recursive: true, force: true });
	await demo?.close();
}, 60_000);

const run = async (name: string, build: (workflow: CrmWorkflow) => void) => await runCrm(demo, folder, name, build);

/** Check, text and queue for one of the two on one channel, and sending where it leaves by Send Message. Each time an occasion of its own. */
let stage = 0;
async function write(person: number, channel: Channel, kind: 'recall.vision' | 'order.ready', { onlyAsk = false } = {}) {
	stage++;
	const { firstName, lastName, sex } = PEOPLE[person];
	const occasion = { kind, dueOn: '2026-11-24', since: '2026-11-23', stage, class: kind === 'order.ready' ? 'service' : 'recall', daysLate: 0 };
	return await run(`${kind} by ${channel} ${stage}`, (workflow) => {
		const node = (name: string, type: string, parameters: object) => workflow.add(name, `n8n-nodes-optical-crm.${type}`, parameters);
		workflow.add('Due', 'n8n-nodes-base.set', { mode: 'raw', jsonOutput: JSON.stringify({ customer: { id: ids[person], firstName, lastName, sex, language: 'it', formality: 'lei' }, occasion }) });
		node('Check', 'consentCheck', { channels: [channel] });
		if (onlyAsk) return;
		node('Text', 'personalizeMessage', { template: kind });
		node('Queue', 'queueForApproval', { approval: 'policy' });
		if (channel !== 'letter') node('Send', 'sendMessage', { operation: 'sendItems', channels: [channel] });
	});
}

const messagesOf = async (channel: Channel) =>
	(await sql<{ id: number; customerId: number; state: string }>`select id, customer_id as "customerId", state from messages where channel = ${channel} and customer_id in (${sql.join(ids)}) order by id`.execute(store.db)).rows;
const pointStatus = async (value: string) => (await sql<{ status: string }>`select status from contact_points where value = ${value}`.execute(store.db)).rows[0]?.status;

/** Runs the bundled workflow at once instead of in five minutes. */
async function readMailbox() {
	const execution = await demo.client().waitForExecution(await demo.client().run(demo.shop.workflows[MAILBOX], 'Every Five Minutes'));
	requireSuccess(execution);
	return itemsOf(execution, 'Heard');
}

it('approved letters come into one PDF with a list and a table, are printed, and are posted once', async () => {
	for (const person of [0, 1]) await write(person, 'letter', 'recall.vision');
	const letters = await messagesOf('letter');
	expect(letters.map(({ state }) => state)).toEqual(['approved', 'approved']);

	const [pdf, csv] = ['letters.pdf', 'letters.csv'].map((name) => path.join(demo.server().filesFolder, name));
	const made = await run('make a batch', (workflow) => {
		workflow.crm('Batch', 'letter', 'makeBatch', { who: 'Chiara' });
		workflow.add('Save PDF', 'n8n-nodes-base.readWriteFile', { operation: 'write', fileName: pdf, dataPropertyName: 'data' });
		workflow.add('Save Table', 'n8n-nodes-base.readWriteFile', { operation: 'write', fileName: csv, dataPropertyName: 'csv' });
	});
	const [batch] = itemsOf(made, 'Batch') as Array<{ batch: { id: number }; filePages: number }>;
	expect(batch).toMatchObject({ batch: { letters: 2, pages: 2, madeBy: 'Chiara', day: '2026-11-24' }, filePages: 3, held: [] });
	const file = readFileSync(pdf, 'latin1');
	expect(file.slice(0, 5)).toBe('%PDF-');
	// The list of the letters and a page for each.
	expect(file.match(/\/Type \/Page\b/g)).toHaveLength(batch.filePages);
	const table = readFileSync(csv, 'utf8').trim().split('\r\n');
	expect(table).toHaveLength(3);
	expect(table[1]).toContain(`1;${letters[0].id};Elena;Prova;Via Roma 1;50123;Firenze;FI`);

	const batchId = String(batch.batch.id);
	await run('print', (workflow) => workflow.crm('Printed', 'letter', 'markPrinted', { batchId, who: 'Marco' }));
	const posted = await run('post', (workflow) => workflow.crm('Posted', 'letter', 'markPosted', { batchId, who: 'Marco' }));
	expect(itemsOf(posted, 'Posted')).toMatchObject([{ sent: letters.map(({ id }) => id), stopped: [], batch: { printedBy: 'Marco', postedBy: 'Marco' } }]);
	expect((await messagesOf('letter')).map(({ state }) => state)).toEqual(['sent', 'sent']);
	const again = await run('make another batch', (workflow) => workflow.crm('Batch', 'letter', 'makeBatch', { who: 'Chiara' }));
	expect(itemsOf(again, 'Batch')).toEqual([{ letters: [], held: [] }]);
	// The shop prints them itself: none went to the provider.
	expect(demo.standins.post.orders).toEqual([]);
});

it('a mail that comes back marks the address, and nobody writes there any more', async () => {
	await write(0, 'email', 'order.ready');
	const mail = demo.mailbox.mails().find(({ envelope }) => envelope.to[0] === 'elena@posta.example');
	expect(mail).toBeDefined();
	const bounce = demo.standins.imap.deliver(bounceOf(mail as NonNullable<typeof mail>));
	expect(await readMailbox()).toHaveLength(1);
	expect(bounce.flags).toContain('\\Seen');
	expect(await pointStatus('elena@posta.example')).toBe('bounced');
	expect((await messagesOf('email')).map(({ state }) => state)).toEqual(['failed']);
	const next = await write(0, 'email', 'order.ready', { onlyAsk: true });
	expect(itemsOf(next, 'Check', 1)).toMatchObject([{ decision: { outcome: 'block', reason: 'HARD_BOUNCE' } }]);
	expect(await readMailbox()).toEqual([]);
});

it('what a customer answers by mail becomes a ticket', async () => {
	await write(1, 'email', 'order.ready');
	const mail = demo.mailbox.mails().find(({ envelope }) => envelope.to[0] === 'marco@posta.example');
	demo.standins.imap.deliver(await answerTo(mail as NonNullable<typeof mail>, 'A che ora aprite domani?'));
	expect(await readMailbox()).toMatchObject([{ customer: { id: ids[1] }, reply: { channel: 'email', meaning: 'question' } }]);
	const tickets = await run('tickets', (workflow) => workflow.crm('Tickets', 'ticket', 'getAll', { returnAll: true }));
	expect(itemsOf(tickets, 'Tickets')).toMatchObject([{ channel: 'email', customerId: ids[1], lastText: 'A che ora aprite domani?' }]);
});

it('Firebase takes a notice for the app, and a token that is gone is marked', async () => {
	const { push } = demo.standins;
	await write(0, 'push', 'order.ready');
	expect(push.messages).toMatchObject([{ via: 'fcm', token: 'app-of-elena', body: expect.stringContaining('Sig.ra Prova') }]);
	push.refuse['app-of-marco'] = 'UNREGISTERED';
	await write(1, 'push', 'order.ready');
	await until('both are settled', async () => (await messagesOf('push')).every(({ state }) => state !== 'sending'));
	expect((await messagesOf('push')).map(({ state }) => state)).toEqual(['sent', 'failed']);
	expect(await pointStatus('app-of-marco')).toBe('bounced');
	expect(push.messages).toHaveLength(1);
});
