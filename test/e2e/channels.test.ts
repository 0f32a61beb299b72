import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { itemsOf } from '../../demo/setup/n8nExecution';
import type { Standins } from '../../demo/standins/standins';
import type { Channel } from '../../lib/domain/glossary';
import { loadTemplate } from '../../lib/messages/load';
import { metaTemplates } from '../../lib/messages/whatsApp';
import { openStore, type Store } from '../../lib/store/open';
import { recordConsents } from '../../lib/store/recordConsents';
import { saveCustomers } from '../../lib/store/customers/saveCustomers';
import { saveWording } from '../../lib/store/wordings';
import type { CrmWorkflow } from './support/crmWorkflow';
import { openDemoShop, OPENING_MS, type DemoShop } from './support/demoShop';
import { runCrm } from './support/runCrm';
import { until } from './support/wait';

jest.setTimeout(120_000);

const NUMBER = '+393331234567';
const folder = mkdtempSync(path.join(tmpdir(), 'optical-crm-channels-'));
let demo: DemoShop;
let store: Store;
let sms: Standins['sms'];
let meta: Standins['whatsApp'];
let push: Standins['push'];
/** Somebody with every way to be reached, who has agreed to WhatsApp by a wording that names the shop. */
let customerId: number;

beforeAll(async () => {
	demo = await openDemoShop('2026-11-24');
	({ sms, whatsApp: meta, push } = demo.standins);
	const { settings, workflows } = demo.shop;
	store = await openStore(settings);
	const now = new Date().toISOString();
	const [saved] = await saveCustomers(store, [{
		code: 'E1', firstName: 'Elena', lastName: 'Prova', birthDate: '1980-05-05', sex: 'F',
		contactPoints: [{ kind: 'email', value: 'elena@posta.example' }, { kind: 'phone', value: NUMBER, line: 'mobile' }, { kind: 'address', value: 'Via Roma 1, 50123 Firenze FI' }, { kind: 'push', value: 'token-of-elena' }],
		consents: [],
	}], { source: 'import', noticeVersion: store.shop.privacyNotices[0].version }, now);
	customerId = saved.status === 'rejected' ? 0 : saved.id;
	await saveWording(store, 'wa-1', `Sì, ${store.shop.name} può scrivermi su WhatsApp.`, now);
	await recordConsents(store, (['marketing', 'service'] as const).map((purpose) => ({ customerId, channel: 'whatsapp', purpose, status: 'granted', legalBasis: 'consent', capturedAt: '2026-11-01T09:00:00.000Z', source: 'desk', noticeVersion: store.shop.privacyNotices[0].version, wordingVersion: 'wa-1', doubleOptInAt: '2026-11-01T09:00:00.000Z' })), now);
	for (const template of metaTemplates(loadTemplate('order.ready', 'whatsapp', 'it'), { phone: store.shop.phone })) await meta.setTemplate(template as never);

	// Firebase has a test of its own; here the app's own server is told.
	const app = { name: 'App', type: 'opticalPushApi', data: { provider: 'webhook', url: `${push.url}/app`, secret: push.secret } };
	expect(await demo.client().testCredential(await demo.client().saveCredential(app))).toMatchObject({ ok: true });
	await demo.client().activate(workflows['81-replies.json']);
}, OPENING_MS);

afterAll(async () => {
	rmSync(folder, { recursive: true, force: true });
	await demo?.close();
}, 60_000);

const run = async (build: (workflow: CrmWorkflow) => void, name: string) => await runCrm(demo, folder, name, build);

/** Check, text, queue and sending on one channel. */
async function write(channel: Channel, sends = true) {
	return await run((workflow) => {
		const node = (name: string, type: string, parameters: object) => workflow.add(name, `n8n-nodes-optical-crm.${type}`, parameters);
		workflow.add('Order', 'n8n-nodes-base.set', {
			mode: 'raw',
			jsonOutput: JSON.stringify({ customer: { id: customerId, firstName: 'Elena', lastName: 'Prova', sex: 'F', language: 'it', formality: 'lei' }, occasion: { kind: 'order.ready', dueOn: '2026-11-24', since: '2026-11-23', stage: STAGE[channel], class: 'service', daysLate: 0 } }),
		});
		node('Check', 'consentCheck', { channels: [channel] });
		node('Text', 'personalizeMessage', { template: 'order.ready' });
		node('Queue', 'queueForApproval', { approval: 'policy' });
		if (sends) node('Send', 'sendMessage', { operation: 'sendItems', channels: [channel] });
	}, `order by ${channel}`);
}

/** An occasion of its own for each channel. */
const STAGE: Partial<Record<Channel, number>> = { sms: 1, whatsapp: 2, push: 3, call: 4, email: 5 };
const stateOf = async (channel: Channel) => (await sql<{ state: string }>`select state from messages where customer_id = ${customerId} and channel = ${channel} order by id desc limit 1`.execute(store.db)).rows[0]?.state;

it('an SMS leaves once through the provider, and its report comes back', async () => {
	await write('sms');
	expect(sms.messages).toMatchObject([{ to: NUMBER, text: expect.stringContaining('ordine') }]);
	expect(await stateOf('sms')).toBe('sent');
	expect(await sms.deliver(sms.messages[0].id)).toBe(200);
	await until('the SMS counts as delivered', async () => (await stateOf('sms')) === 'delivered');
});

it('a WhatsApp template leaves once it is known to be approved, and is read', async () => {
	expect(await meta.verify()).toBe(true);
	const synced = await run((workflow) => workflow.crm('Sync', 'whatsApp', 'syncTemplates'), 'sync templates');
	expect(itemsOf(synced, 'Sync').filter(({ name, language }) => language === 'it' && String(name).startsWith('order_ready'))).toMatchObject([{ state: 'APPROVED', problems: [] }, { state: 'APPROVED', problems: [] }]);
	await write('whatsapp');
	expect(meta.messages).toMatchObject([{ to: NUMBER, type: 'template', template: { name: 'order_ready_lei' }, text: expect.stringContaining('Sig.ra Prova') }]);
	expect(await meta.status(meta.messages[0].id, 'read')).toBe(200);
	await until('the message counts as read', async () => (await stateOf('whatsapp')) === 'read');
});

it('a notification reaches the app', async () => {
	await write('push');
	expect(push.messages).toMatchObject([{ via: 'webhook', token: 'token-of-elena' }]);
	expect(await stateOf('push')).toBe('sent');
});

it('a call waits in the list of today, with its script', async () => {
	await write('call', false);
	const listed = await run((workflow) => workflow.crm('Calls', 'call', 'getAll', { returnAll: true }), 'calls of today');
	expect(JSON.stringify(itemsOf(listed, 'Calls'))).toContain('Prova');
	expect(sms.messages).toHaveLength(1);
});

it('what the customer answers becomes a ticket, is answered in writing, and STOP withdraws', async () => {
	expect(await meta.reply(NUMBER, 'Mi chiamate per favore?')).toBe(200);
	const tickets = async () => itemsOf(await run((workflow) => workflow.crm('Tickets', 'ticket', 'getAll', { returnAll: true }), 'tickets'), 'Tickets');
	const [ticket] = await tickets();
	expect(ticket).toMatchObject({ kind: 'callback', channel: 'whatsapp', customerId, lastText: 'Mi chiamate per favore?' });
	// Two messages to one number leave some seconds apart.
	await new Promise((resolve) => setTimeout(resolve, 17_000));
	await run((workflow) => {
		workflow.crm('Answer', 'ticket', 'answer', { ticketId: ticket.id, who: 'Chiara', text: 'Certo, la chiamiamo alle 17.' });
		workflow.add('Send', 'n8n-nodes-optical-crm.sendMessage', { operation: 'sendItems', channels: ['whatsapp'] });
	}, 'answer the ticket');
	expect(meta.messages.at(-1)).toMatchObject({ to: NUMBER, type: 'text', text: expect.stringContaining('Certo, la chiamiamo alle 17.') });
	expect(await sms.reply(NUMBER, 'STOP')).toBe(200);
	const { rows } = await sql<{ status: string; channel: string }>`select status, channel from consents where customer_id = ${customerId} order by id desc limit 1`.execute(store.db);
	expect(rows).toEqual([{ status: 'withdrawn', channel: 'sms' }]);
});
