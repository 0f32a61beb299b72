import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { messageStates } from '../../lib/store/review';
import { listTickets } from '../../lib/store/replies/tickets';
import { CustomerReplyTrigger } from '../../nodes/CustomerReplyTrigger/CustomerReplyTrigger.node';
import { callWebhook, logged, type WebhookCall } from '../support/runNode';
import { openShop, type TestShop } from './support/shop';

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

it('an address that names no provider is the customers\' page', async () => {
	for (const query of ['?from=fax', '?from=constructor', '']) expect((await call({ method: 'GET', query })).body).toContain('<!doctype html>');
});
