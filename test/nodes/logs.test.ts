import { sql } from 'kysely';
import { demoShop } from '../../demo/shop/shop';
import { exportCsv } from '../../demo/shop/exportCsv';
import { generateShop } from '../../demo/shop/generateShop';
import { messagesInState } from '../../lib/store/review';
import { saveShop } from '../../lib/store/shops';
import { BirthdayDueTrigger } from '../../nodes/BirthdayDueTrigger/BirthdayDueTrigger.node';
import { CustomerReplyTrigger } from '../../nodes/CustomerReplyTrigger/CustomerReplyTrigger.node';
import { ConsentCheck } from '../../nodes/ConsentCheck/ConsentCheck.node';
import { OpticalCrm } from '../../nodes/OpticalCrm/OpticalCrm.node';
import { PersonalizeMessage } from '../../nodes/PersonalizeMessage/PersonalizeMessage.node';
import { QueueForApproval } from '../../nodes/QueueForApproval/QueueForApproval.node';
import { SendMessage } from '../../nodes/SendMessage/SendMessage.node';
import { log } from '../../nodes/shared/log';
import { callWebhook, logged, pollNode, runNode, type NodeRun } from '../support/runNode';
import { ANY_HOUR, ON_POSTGRES } from '../support/store';
import { openMailbox, type TestMailbox } from './support/mail';
import { items, openShop, TODAY, type TestShop } from './support/shop';
import { PASSWORD, Visitor } from './support/visitor';

let shop: TestShop;
let mailbox: TestMailbox;
beforeEach(async () => {
	shop = await openShop();
	mailbox = await openMailbox();
	logged.length = 0;
});
afterEach(async () => {
	await mailbox.end();
	await shop.close();
});

const crm = async (resource: string, operation: string, run: NodeRun = {}) => await runNode(OpticalCrm, { ...run, credentials: shop.credentials, parameters: { resource, operation, ...run.parameters } });

/** The job from the export to the sent mail and what comes back. Gives whom it was about first, and how many. */
async function mainJob(): Promise<{ customer: number; count: number }> {
	const { code: _, ...profile } = demoShop;
	await saveShop(shop.store.db, 'main', { ...profile, policy: { ...demoShop.policy, ...ANY_HOUR } }, '2026-11-22T08:00:00.000Z');
	const { rows } = generateShop({ seed: 7, count: 400, today: TODAY });
	const file = { json: {}, binary: { data: { data: exportCsv(rows).toString('base64'), mimeType: 'text/csv', fileName: 'clienti.csv' } } };
	await crm('customer', 'import', { input: [file], parameters: { noticeVersion: demoShop.privacyNotices[0].version, options: { generalConsentChannels: ['email', 'sms', 'whatsapp'] } } });
	const { credentials } = shop;
	const due = await pollNode(BirthdayDueTrigger, { credentials });
	const out = async (Node: Parameters<typeof runNode>[0], given: readonly object[]) => items((await runNode(Node, { credentials, items: given }))[0]);
	const queued = await out(QueueForApproval, await out(PersonalizeMessage, await out(ConsentCheck, items(due))));
	const chiara = new Visitor({ credentials: { ...credentials, opticalCrmDeskApi: { accounts: { account: [{ name: 'chiara', password: PASSWORD }] } } } });
	await chiara.logIn();
	await chiara.get('?view=approve');
	const { messages } = await messagesInState(shop.store, 'pending', { today: TODAY, limit: 50, offset: 0 });
	await chiara.post({ csrf: chiara.csrf, action: 'approvePicked', pick: messages.map(({ id, contentHash }) => `${id}:${contentHash}`) });
	await runNode(SendMessage, { credentials: { ...credentials, opticalSmtpApi: mailbox.credential }, parameters: { operation: 'sendApproved' } });
	const opticalSmsApi = { provider: 'generic', webhookSecret: 'a-secret-for-tests-only', url: 'https://sms.example' };
	const { rows: [point] } = await sql<{ value: string }>`select value from contact_points where kind = 'phone' limit 1`.execute(shop.store.db);
	await callWebhook(CustomerReplyTrigger, { credentials: { ...credentials, opticalSmsApi } }, { method: 'POST', query: '?from=sms&token=wrong', form: { from: point.value, text: 'Non ci vedo bene' } });
	return { customer: queued[0].customer.id, count: queued.length };
}

it('tells of each part of the main job in numbers and codes, and of nobody', async () => {
	// Of who is erased nothing is left to look for: the people are read before.
	const people = async () => (await sql<{ datum: string }>`
		select first_name as datum from customers union select last_name from customers union select value from contact_points union select code from customers where code is not null union select birth_date from customers where birth_date is not null`.execute(shop.store.db)).rows.map(({ datum }) => datum);
	const { customer, count } = await mainJob();
	const known = await people();
	await crm('customer', 'erase', { parameters: { operator: 'chiara', customer: { __rl: true, mode: 'id', value: customer } } });
	if (!ON_POSTGRES) await crm('shop', 'backup');
	await crm('shop', 'checkHealth');
	expect(count).toBeGreaterThan(3);
	expect(known.length).toBeGreaterThan(800);
	const lines = logged.filter((line) => line.startsWith('Optical CRM: '));
	for (const event of ['import', 'poll', 'desk', 'send', 'erase', ...(ON_POSTGRES ? [] : ['backup'])]) expect(lines.filter((line) => line.startsWith(`Optical CRM: ${event} `)).length).toBeGreaterThan(0);
	const detail = (event: string) => JSON.parse((lines.findLast((line) => line.startsWith(`Optical CRM: ${event} `)) as string).replace(/^[^{]*/, '')) as Record<string, unknown>;
	expect(detail('import')).toMatchObject({ event: 'optical-crm.import', shop: 'main', of: 'customer', rows: 400, ms: expect.any(Number) });
	expect(detail('poll')).toMatchObject({ kinds: ['birthday'], found: expect.any(Number) });
	expect(detail('desk')).toMatchObject({ action: 'approveMany', count });
	expect(detail('send')).toMatchObject({ channel: 'email', provider: 'smtp', tried: count, sent: count });
	expect(detail('erase')).toMatchObject({ reason: 'request', customers: 1, left: 0 });
	// As a word of its own: a name may be a part of one of ours, and a code of two digits the number of anything.
	const all = logged.join('\n').toLowerCase();
	const isWord = (datum: string) => new RegExp(`(?<![\\p{L}\\d])${datum.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\d])`, 'u').test(all);
	expect(known.map((datum) => datum.toLowerCase()).filter((datum) => datum.length > 2 && !/^\d{1,4}$/.test(datum) && isWord(datum))).toEqual([]);
});

it('leaves out whatever looks like no code, whoever gives it', async () => {
	const told: unknown[] = [];
	const context = { logger: { info: (...line: unknown[]) => told.push(line) }, getWorkflow: () => ({ id: 'w1' }) } as unknown as Parameters<typeof log>[0];
	log(context, 'send', { code: 'main' }, { channel: 'email', a: 'anna@posta.example', b: '+393331234567', c: 'Anna Rossi', d: '3331234567', stopped: 'SMTP_535', day: '2026-11-22', none: undefined, codes: ['A_1', 'via Roma 1'], sent: 3 });
	expect(told).toEqual([['Optical CRM: send', { event: 'optical-crm.send', shop: 'main', workflow: 'w1', channel: 'email', a: '?', b: '?', c: '?', d: '?', stopped: 'SMTP_535', day: '2026-11-22', codes: ['A_1'], sent: 3 }]]);
});
