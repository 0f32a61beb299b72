import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import nock from 'nock';
import { decide } from '../../lib/consent/decide';
import type { CustomerFacts } from '../../lib/domain/consentFacts';
import { consentHistory } from '../../lib/store/consents';
import { customerFacts } from '../../lib/store/facts';
import { messageStates } from '../../lib/store/review';
import { listTickets } from '../../lib/store/replies/tickets';
import { CustomerReplyTrigger } from '../../nodes/CustomerReplyTrigger/CustomerReplyTrigger.node';
import { testCertificate } from '../support/certificate';
import { CERTIFICATE_URL, mailgunCall, sesMail, snsMessage, TOPIC } from '../support/mailProviders';
import { callWebhook, logged, type WebhookCall } from '../support/runNode';
import { NOW, openShop, TODAY, type TestShop } from './support/shop';

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

describe('a mail provider', () => {
	const mail = async (request: WebhookCall, smtp: object) =>
		await callWebhook(CustomerReplyTrigger, { credentials: { ...shop.credentials, opticalSmtpApi: smtp }, parameters: { channels: ['email'] } }, { method: 'POST', query: '?from=email', ...request });
	/** A customer who was sent an e-mail. */
	async function mailed() {
		const [id] = await shop.customers(1, { contactPoints: [{ kind: 'email', value: 'giulia@posta.example' }] });
		await shop.queued(undefined, 'policy');
		await sql`update messages set state = 'sent', provider_id = '<ocrm-' || id || '-1@ottica.example>'`.execute(shop.store.db);
		const { rows } = await sql<{ id: number; own: string }>`select id, provider_id as own from messages`.execute(shop.store.db);
		return { id, message: rows[0].id, own: rows[0].own };
	}
	const statusOf = async (id: number) => (await sql<{ status: string }>`select status from contact_points where customer_id = ${id}`.execute(shop.store.db)).rows.map(({ status }) => status);
	const said = async (id: number) => ((await consentHistory(shop.store, [id])).get(id) ?? []).filter(({ source }) => source === 'provider').map(({ channel, purpose, status }) => [channel, purpose, status].join(' '));

	const BREVO = { reportsBy: 'brevo', reportSecret: 'our-token' };
	const brevo = (event: object, token = 'our-token'): WebhookCall => ({ body: JSON.stringify({ email: 'giulia@posta.example', ts_event: Date.parse(NOW) / 1000 - 60, ...event }), headers: { authorization: `Bearer ${token}` } });

	it('tells of a bounce, which ends what goes to the address (HARD_BOUNCE), once', async () => {
		const { id, message, own } = await mailed();
		const bounce = brevo({ event: 'hard_bounce', 'X-Mailin-custom': own, reason: '550 5.1.1 unknown user' });
		expect(await mail(brevo({ event: 'hard_bounce', 'X-Mailin-custom': own }, 'guessed'), BREVO)).toMatchObject({ status: 403, items: [] });
		expect([await stateOf(message), await statusOf(id)]).toEqual(['sent', ['valid']]);
		expect(await mail(bounce, BREVO)).toMatchObject({ status: 200, body: '', items: [{ json: { customer: { id }, message: { id: message, state: 'failed' }, reply: { code: '5.1.1' } } }] });
		expect([await stateOf(message), await statusOf(id)]).toEqual(['failed', ['bounced']]);
		const decision = decide({ class: 'service', kind: 'order.ready', dueOn: TODAY, channels: ['email'], moment: 'plan', today: TODAY, now: NOW }, (await customerFacts(shop.store, [id])).get(id) as CustomerFacts, shop.store.shop);
		expect(decision).toMatchObject({ outcome: 'block', reason: 'HARD_BOUNCE' });
		expect(await mail(bounce, BREVO)).toMatchObject({ status: 200, items: [] });
	});

	it('tells of a complaint, which is an objection (OBJECTED), once', async () => {
		const { id, message, own } = await mailed();
		const event = { event: 'complained', recipient: 'Giulia@posta.example', timestamp: Date.parse(NOW) / 1000 - 60, message: { headers: { 'message-id': own.slice(1, -1) } } };
		const call = { body: mailgunCall(event, 'key', { timestamp: String(Date.parse(NOW) / 1000 - 60) }) };
		const MAILGUN = { reportsBy: 'mailgun', reportSecret: 'key' };
		expect(await mail(call, { ...MAILGUN, reportSecret: 'another' })).toMatchObject({ status: 403 });
		expect(await mail(call, MAILGUN)).toMatchObject({ status: 200, items: [{ json: { customer: { id }, reply: { kind: 'complaint', channel: 'email' } } }] });
		expect(await mail(call, MAILGUN)).toMatchObject({ status: 200, items: [] });
		expect(await said(id)).toEqual(['email marketing objected']);
		expect([await stateOf(message), await statusOf(id)]).toEqual(['sent', ['valid']]);
		expect(JSON.stringify(logged)).not.toMatch(/giulia/i);
	});

	describe('Amazon SES', () => {
		const { pem, privateKey } = testCertificate();
		const SES = { reportsBy: 'ses', reportTopic: TOPIC };
		afterEach(() => nock.cleanAll());
		const posted = (body: object): WebhookCall => ({ body: JSON.stringify(body), headers: { 'content-type': 'text/plain; charset=UTF-8' } });
		const host = () => nock('https://sns.eu-south-1.amazonaws.com');

		it('is believed by the certificate at Amazon, which is fetched once', async () => {
			const { id, message, own } = await mailed();
			host().get(new URL(CERTIFICATE_URL).pathname).once().reply(200, pem);
			const bounce = { notificationType: 'Bounce', mail: sesMail(own), bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'giulia@posta.example', status: '5.1.1' }], timestamp: NOW, feedbackId: 'f1' } };
			expect(await mail(posted({ ...snsMessage(privateKey, bounce), Message: '{}' }), SES)).toMatchObject({ status: 403 });
			expect(await mail(posted(snsMessage(privateKey, bounce)), SES)).toMatchObject({ status: 200, items: [{ json: { message: { id: message, state: 'failed' } } }] });
			expect(await mail(posted(snsMessage(privateKey, bounce)), SES)).toMatchObject({ status: 200, items: [] });
			expect(await statusOf(id)).toEqual(['bounced']);
		});

		it('gets its subscription confirmed for the topic of the credential alone', async () => {
			const url = CERTIFICATE_URL.replace('0123', '4567');
			const question = (TopicArn: string) => posted(snsMessage(privateKey, 'You have chosen to subscribe', {
				Type: 'SubscriptionConfirmation', Token: 't', TopicArn, SigningCertURL: url, SubscribeURL: 'https://sns.eu-south-1.amazonaws.com/?Action=ConfirmSubscription&Token=t',
			}));
			const confirmed = host().get('/').query({ Action: 'ConfirmSubscription', Token: 't' }).reply(200, '<ok/>');
			expect(await mail(question(`${TOPIC}-of-others`), SES)).toMatchObject({ status: 403 });
			host().get(new URL(url).pathname).reply(200, pem);
			expect(confirmed.isDone()).toBe(false);
			expect(await mail(question(TOPIC), SES)).toMatchObject({ status: 200, body: '', items: [] });
			expect(confirmed.isDone()).toBe(true);
		});

		it('calls again where its certificate could not be had', async () => {
			const url = CERTIFICATE_URL.replace('0123', '89ab');
			host().get(new URL(url).pathname).reply(500);
			expect(await mail(posted(snsMessage(privateKey, {}, { SigningCertURL: url })), SES)).toMatchObject({ status: 503, body: '' });
		});
	});

	it.each([['none'], [undefined], ['constructor']])('is nobody where the credential says %s', async (reportsBy) => {
		expect(await mail(brevo({ event: 'spam' }), { reportsBy, reportSecret: 'our-token' })).toMatchObject({ status: 403 });
	});

	it('tells nothing by GET', async () => {
		expect(await mail({ method: 'GET', query: '?from=email&token=our-token' }, BREVO)).toMatchObject({ status: 403 });
	});
});

it('an address that names no provider is the customers\' page', async () => {
	for (const query of ['?from=fax', '?from=constructor', '']) expect((await call({ method: 'GET', query })).body).toContain('<!doctype html>');
});
