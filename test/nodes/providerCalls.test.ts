import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { messageStates } from '../../lib/store/review';
import { listTickets } from '../../lib/store/replies/tickets';
import { CustomerReplyTrigger } from '../../nodes/CustomerReplyTrigger/CustomerReplyTrigger.node';
import { callWebhook, logged, type WebhookCall } from '../support/runNode';
import { NOW, openShop, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const URL_OF_CALLS = 'https://n8n.example/webhook/ottica/customer?from=sms';
const TWILIO = { provider: 'twilio', accountSid: 'AC1', authToken: 'a-token', webhookUrl: URL_OF_CALLS };
const call = async (request: WebhookCall, sms: object = TWILIO) =>
	await callWebhook(CustomerReplyTrigger, { credentials: { ...shop.credentials, opticalSmsApi: sms }, parameters: { channels: ['sms'] } }, { method: 'POST', query: '?from=sms', ...request });
/** A form signed as Twilio documents it. */
const signed = (form: Record<string, string>, token = 'a-token'): WebhookCall => {
	const fields = Object.keys(form).sort().map((name) => name + form[name]).join('');
	return { form, headers: { 'x-twilio-signature': createHmac('sha1', token).update(URL_OF_CALLS + fields).digest('base64') } };
};

/** A customer who was sent an SMS. */
async function texted() {
	const [id] = await shop.customers(1, { contactPoints: [{ kind: 'email', value: 'g@posta.example' }, { kind: 'phone', value: '+393331234567', line: 'mobile' }] });
	await shop.queued(undefined, 'policy');
	await sql`update messages set channel = 'sms', state = 'sent', provider_id = 'SM1', contact_point_id = (select max(id) from contact_points)`.execute(shop.store.db);
	const { rows } = await sql<{ id: number }>`select id from messages`.execute(shop.store.db);
	return { id, message: rows[0].id };
}
const stateOf = async (id: number) => (await messageStates(shop.store, [id])).get(id);
const tickets = async () => (await listTickets(shop.store, 'open', { limit: 5, offset: 0 })).tickets;

it('a signed report moves the message on, once, and the answer has no words', async () => {
	const { id, message } = await texted();
	const report = signed({ MessageSid: 'SM1', MessageStatus: 'delivered' });
	const first = await call(report);
	expect(first).toMatchObject({ status: 200, body: '', items: [{ json: { customer: { id }, message: { id: message, state: 'delivered' } } }] });
	expect(await call(report)).toMatchObject({ status: 200, items: [] });
	expect(await stateOf(message)).toBe('delivered');
});

it('an answer becomes a ticket, and its words are in no item and no log', async () => {
	const { id } = await texted();
	const { items } = await call(signed({ MessageSid: 'SM9', SmsStatus: 'received', From: '+393331234567', To: '+390551234567', Body: 'Con gli occhiali nuovi vedo doppio' }));
	expect(items).toMatchObject([{ json: { customer: { id }, reply: { kind: 'reply', meaning: 'problem', channel: 'sms' } } }]);
	expect(await tickets()).toMatchObject([{ kind: 'problem', lastText: 'Con gli occhiali nuovi vedo doppio' }]);
	expect(JSON.stringify([items, logged])).not.toMatch(/doppio|3331234567/);
});

it.each<[string, WebhookCall]>([
	['without a signature', { form: { MessageSid: 'SM1', MessageStatus: 'read' } }],
	['signed with another token', signed({ MessageSid: 'SM1', MessageStatus: 'read' }, 'another')],
	['with a field changed', { ...signed({ MessageSid: 'SM1', MessageStatus: 'sent' }), form: { MessageSid: 'SM1', MessageStatus: 'read' } }],
	['to another address', { ...signed({ MessageSid: 'SM1', MessageStatus: 'read' }), query: '?from=sms&x=1' }],
	['by GET', { ...signed({ MessageSid: 'SM1', MessageStatus: 'read' }), method: 'GET', form: undefined }],
])('a call %s is refused and changes nothing', async (_, request) => {
	const { message } = await texted();
	expect(await call(request)).toMatchObject({ status: 403, body: '', items: [] });
	expect(await stateOf(message)).toBe('sent');
});

it('what could not be kept is told as a fault, so that the provider calls again', async () => {
	const { message } = await texted();
	await shop.store.db.schema.alterTable('provider_events').renameTo('elsewhere').execute();
	expect(await call(signed({ MessageSid: 'SM1', MessageStatus: 'delivered' }))).toMatchObject({ status: 503, body: '' });
	await shop.store.db.schema.alterTable('elsewhere').renameTo('provider_events').execute();
	expect((await call(signed({ MessageSid: 'SM1', MessageStatus: 'delivered' }))).status).toBe(200);
	expect(await stateOf(message)).toBe('delivered');
});

it('a provider without a signature is known by the secret in the address', async () => {
	const { message } = await texted();
	const brevo = { provider: 'smshosting', authKey: 'k', authSecret: 's', webhookUrl: URL_OF_CALLS, webhookSecret: 'our-secret' };
	expect((await call({ query: '?from=sms&token=wrong', form: {} }, brevo)).status).toBe(403);
	expect((await call({ query: '?from=sms&token=our-secret', form: {} }, brevo)).status).toBe(200);
	expect(await stateOf(message)).toBe('sent');
});

describe('WhatsApp', () => {
	const ACCOUNT = { accessToken: 't', phoneNumberId: '106', wabaId: '102', appSecret: 'app-secret', verifyToken: 'our-word' };
	const meta = async (request: WebhookCall) =>
		await callWebhook(CustomerReplyTrigger, { credentials: { ...shop.credentials, opticalWhatsAppCloudApi: ACCOUNT }, parameters: { channels: ['whatsapp'] } }, { query: '?from=whatsapp', ...request });
	/** As Meta posts a customer's message. */
	const told = (text: string, secret = 'app-secret'): WebhookCall => {
		const body = JSON.stringify({
			object: 'whatsapp_business_account',
			entry: [{ id: '102', changes: [{ field: 'messages', value: {
				messaging_product: 'whatsapp', metadata: { display_phone_number: '39055', phone_number_id: '106' },
				messages: [{ from: '393331234567', id: 'wamid.A', timestamp: String(Date.parse(NOW) / 1000), type: 'text', text: { body: text } }],
			} }] }],
		});
		return { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` } };
	};

	it('answers the question whether the address is ours, to who knows the word', async () => {
		const question = (token: string) => `?from=whatsapp&hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=42`;
		expect(await meta({ query: question('our-word') })).toMatchObject({ status: 200, body: '42', items: [] });
		expect(await meta({ query: question('another') })).toMatchObject({ status: 403, body: '' });
	});

	it('takes a message in once, opens its window, and makes it a ticket', async () => {
		const [id] = await shop.customers(1, { contactPoints: [{ kind: 'phone', value: '+393331234567', line: 'mobile' }] });
		expect(await meta(told('Mi chiamate per favore?'))).toMatchObject({ status: 200, items: [{ json: { customer: { id }, reply: { meaning: 'callback', channel: 'whatsapp' } } }] });
		expect((await meta(told('Mi chiamate per favore?'))).items).toEqual([]);
		expect(await shop.store.db.selectFrom('whatsapp_windows').select('last_message_at').execute()).toEqual([{ last_message_at: NOW }]);
		expect(await tickets()).toMatchObject([{ kind: 'callback', channel: 'whatsapp' }]);
	});

	it('a forged message changes nothing (WEBHOOK_BAD_SIG)', async () => {
		expect(await meta(told('STOP', 'guessed'))).toMatchObject({ status: 403, items: [] });
		expect((await sql`select 1 from inbound_messages`.execute(shop.store.db)).rows).toEqual([]);
	});
});

it('an address that names no provider is the customers\' page', async () => {
	for (const query of ['?from=fax', '?from=constructor', '']) expect((await call({ method: 'GET', query })).body).toContain('<!doctype html>');
});
