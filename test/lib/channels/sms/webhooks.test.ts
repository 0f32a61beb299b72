import { createHmac } from 'node:crypto';
import type { SmsSettings } from '../../../../lib/channels/sms/settings';
import { smsWebhook } from '../../../../lib/channels/sms/webhook';
import type { SmsWebhookRequest } from '../../../../lib/channels/sms/webhookRequest';
import { SMS_SETTINGS } from '../../../support/sms';

const NOW = '2026-11-22T10:30:00.000Z';
const TOKEN = 'token=a-secret-of-the-shop';

function call(body: string, changes: Partial<SmsWebhookRequest> = {}): SmsWebhookRequest {
	return { query: TOKEN, headers: {}, rawBody: Buffer.from(body), receivedAt: NOW, ...changes };
}
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

describe('Twilio', () => {
	const settings = SMS_SETTINGS.twilio;
	const sign = (url: string, fields: Record<string, string>, token = settings.authToken) =>
		createHmac('sha1', token).update(url + Object.keys(fields).sort().map((name) => name + fields[name]).join('')).digest('base64');
	const signed = (fields: Record<string, string>, url = settings.webhookUrl as string, query = '') => call(form(fields), { query, headers: { 'x-twilio-signature': sign(url, fields) } });

	const STATUS = { AccountSid: 'AC1', ApiVersion: '2010-04-01', From: 'OtticaSole', MessageSid: 'SM1', MessageStatus: 'delivered', SmsSid: 'SM1', SmsStatus: 'delivered', To: '+393331234567', RawDlrDoneDate: '2611221130' };
	const INBOUND = { ToCountry: 'IT', SmsMessageSid: 'SM9', NumMedia: '0', SmsSid: 'SM9', SmsStatus: 'received', Body: 'Sì, domani va bene + grazie', To: '+390294750000', NumSegments: '1', MessageSid: 'SM9', AccountSid: 'AC1', From: '+393331234567', ApiVersion: '2010-04-01' };

	it('computes the signature of the example in the documentation', () => {
		// https://www.twilio.com/docs/usage/security#validating-requests: this account token, address and fields.
		const example = { CallSid: 'CA1234567890ABCDE', Caller: '+14158675310', Digits: '1234', From: '+14158675310', To: '+18005551212' };
		const documented = { ...settings, authToken: '12345', webhookUrl: 'https://mycompany.com/myapp.php' };
		const request = call(form(example), { query: 'foo=1&bar=2', headers: { 'x-twilio-signature': 'GvWf1cFY/Q7PnoempGyD5oXAezc=' } });
		expect(smsWebhook(documented, request)).toEqual([]);
		expect(smsWebhook({ ...documented, authToken: '12346' }, request)).toBe('forged');
	});

	it('reads a report', () => {
		expect(smsWebhook(settings, signed(STATUS))).toEqual([{ kind: 'delivery', channel: 'sms', providerId: 'SM1', eventId: 'SM1:delivered', state: 'delivered', at: NOW }]);
	});

	it.each([
		['undelivered', '30005', true],
		['undelivered', '30003', false],
		['failed', '30007', false],
	])('reads %s with error %s', (state, error, permanent) => {
		expect(smsWebhook(settings, signed({ ...STATUS, MessageStatus: state, ErrorCode: error }))).toEqual([
			{ kind: 'delivery', channel: 'sms', providerId: 'SM1', eventId: `SM1:TWILIO_${error}`, state: 'failed', at: NOW, code: `TWILIO_${error}`, permanent },
		]);
	});

	it.each(['queued', 'sending', 'accepted', 'scheduled', 'constructor'])('hears nothing in %s', (state) => {
		expect(smsWebhook(settings, signed({ ...STATUS, MessageStatus: state }))).toEqual([]);
	});

	it('reads an answer', () => {
		expect(smsWebhook(settings, signed(INBOUND))).toEqual([
			{ kind: 'reply', channel: 'sms', eventId: 'SM9', from: '+393331234567', to: '+390294750000', text: 'Sì, domani va bene + grazie', at: NOW },
		]);
	});

	it.each([
		['STOP', 'stop'],
		['START', 'resume'],
	])('reads the %s that Twilio itself acted on', (OptOutType, marketing) => {
		expect(smsWebhook(settings, signed({ ...INBOUND, Body: OptOutType, OptOutType }))).toMatchObject([
			{ kind: 'reply', text: OptOutType },
			{ kind: 'preference', channel: 'sms', eventId: `SM9:${marketing}`, from: '+393331234567', marketing, at: NOW },
		]);
	});

	it('reads a refusal that only the report tells', () => {
		expect(smsWebhook(settings, signed({ ...STATUS, MessageStatus: 'failed', ErrorCode: '21610' }))).toMatchObject([
			{ kind: 'delivery', state: 'failed', code: 'TWILIO_21610', permanent: false },
			{ kind: 'preference', marketing: 'stop', from: '+393331234567' },
		]);
	});

	it('believes the signature with a query, and with or without the usual port', () => {
		const url = settings.webhookUrl as string;
		expect(smsWebhook(settings, signed(STATUS, `${url}?shop=1&x=%20y`, '?shop=1&x=%20y'))).toHaveLength(1);
		expect(smsWebhook(settings, signed(STATUS, url.replace('.example/', '.example:443/')))).toHaveLength(1);
		expect(smsWebhook({ ...settings, webhookUrl: url.replace('.example/', '.example:443/') }, signed(STATUS))).toHaveLength(1);
	});

	it.each<[string, SmsSettings, SmsWebhookRequest]>([
		['no signature', settings, call(form(STATUS))],
		['another token', settings, call(form(STATUS), { query: '', headers: { 'x-twilio-signature': sign(settings.webhookUrl as string, STATUS, 'other') } })],
		['a changed field', settings, { ...signed(STATUS), rawBody: Buffer.from(form({ ...STATUS, To: '+393330000000' })) }],
		['a field more', settings, { ...signed(STATUS), rawBody: Buffer.from(form({ ...STATUS, Body: 'STOP' })) }],
		['another address', settings, signed(STATUS, 'https://n8n.ottica.example/webhook/other')],
		['another query', settings, { ...signed(STATUS), query: 'a=1' }],
		['no account token to check by', { ...settings, authToken: '' }, call(form(STATUS), { query: '', headers: { 'x-twilio-signature': sign(settings.webhookUrl as string, STATUS, '') } })],
	])('takes a call with %s for forged', (_, present, request) => {
		expect(smsWebhook(present, request)).toBe('forged');
	});
});

describe('Skebby', () => {
	const settings = SMS_SETTINGS.skebby;
	const report = (status: string) => call('', { query: `${TOKEN}&${form({ order_id: '0A1B', recipient: '+393331234567', status, delivery_date: '20260722113000' })}` });

	it('reads a notification, whose clock is the one in Rome', () => {
		expect(smsWebhook(settings, report('DLVRD'))).toEqual([{ kind: 'delivery', channel: 'sms', providerId: '0A1B', eventId: '0A1B:delivered', state: 'delivered', at: '2026-07-22T09:30:00.000Z' }]);
	});

	it.each([
		['UNKNRCPT', true],
		['UNKNPFX', true],
		['TIMEOUT', false],
		['TOOM4NUM', false],
	])('reads the failure %s', (status, permanent) => {
		expect(smsWebhook(settings, report(status))).toMatchObject([{ state: 'failed', code: `SKEBBY_${status}`, permanent }]);
	});

	it('reads that somebody is on the black list as a refusal', () => {
		expect(smsWebhook(settings, report('BLACKLISTED'))).toMatchObject([{ kind: 'delivery', state: 'failed' }, { kind: 'preference', from: '+393331234567', marketing: 'stop' }]);
	});

	it.each(['WAITING', 'SCHEDULED', '', 'TOSTRING'])('hears nothing in "%s"', (status) => {
		expect(smsWebhook(settings, report(status))).toEqual([]);
	});

	it('reads an answer, and knows it again', () => {
		const request = call(form({ sender: '393331234567', receiver: '390294750000', text: 'Basta!', timestamp: '1795343400' }));
		const events = smsWebhook(settings, request);
		expect(events).toMatchObject([{ kind: 'reply', from: '+393331234567', to: '+390294750000', text: 'Basta!', at: '2026-11-22T10:30:00.000Z' }]);
		expect(smsWebhook(settings, { ...request, receivedAt: '2026-11-22T12:00:00.000Z' })).toEqual(events);
		expect(smsWebhook(settings, call(form({ sender: '393331234567', text: 'Basta!', timestamp: '1795343401' })))).not.toMatchObject([{ eventId: (events as never[])[0]['eventId'] }]);
	});
});

describe('smshosting', () => {
	const settings = SMS_SETTINGS.smshosting;
	const STATUS = { id: '389395385', transactionId: '7281', to: '393331234567', status: 'DELIVERED', notificationDate: '2026-11-22T11:29:40+0100' };

	it('reads the status callback', () => {
		expect(smsWebhook(settings, call(form(STATUS)))).toEqual([
			{ kind: 'delivery', channel: 'sms', providerId: '389395385', eventId: '389395385:delivered', state: 'delivered', at: '2026-11-22T10:29:40.000Z' },
		]);
		expect(smsWebhook(settings, call(form({ ...STATUS, status: 'NOTDELIVERED' })))).toMatchObject([{ state: 'failed', code: 'SMSHOSTING_NOTDELIVERED', permanent: false }]);
		expect(smsWebhook(settings, call(form({ ...STATUS, status: 'PENDING' })))).toEqual([]);
	});

	it('takes the present moment where the date cannot be read', () => {
		expect(smsWebhook(settings, call(form({ ...STATUS, notificationDate: 'ieri' })))).toMatchObject([{ at: NOW }]);
	});

	it('reads the answer in the query of a GET; the same words in the same hour are the same SMS', () => {
		const request = call('', { query: `?${TOKEN}&number=393331234567&text=Disiscrivi+%C3%A8` });
		const events = smsWebhook(settings, request);
		expect(events).toMatchObject([{ kind: 'reply', from: '+393331234567', text: 'Disiscrivi è', at: NOW }]);
		expect(smsWebhook(settings, { ...request, receivedAt: '2026-11-22T10:59:00.000Z' })).toMatchObject([{ eventId: (events as never[])[0]['eventId'] }]);
		expect(smsWebhook(settings, { ...request, receivedAt: '2026-11-22T11:01:00.000Z' })).not.toMatchObject([{ eventId: (events as never[])[0]['eventId'] }]);
	});
});

describe('Brevo', () => {
	const settings = SMS_SETTINGS.brevo;
	// As documented: https://developers.brevo.com/docs/transactional-webhooks
	const EVENT = { id: 26570, to: '393331234567', sms_count: 1, credits_used: 1.5, messageId: 123, remaining_credit: 11488.845, msg_status: 'delivered', date: '2026-07-22 11:30:00', type: 'transactional', reference: { '1': 'ab12' } };
	const json = (...events: object[]) => call(JSON.stringify(events.length === 1 ? events[0] : events));

	it('reads an event, whose date is the one in Paris', () => {
		expect(smsWebhook(settings, json(EVENT))).toEqual([{ kind: 'delivery', channel: 'sms', providerId: '123', eventId: '123:delivered', state: 'delivered', at: '2026-07-22T09:30:00.000Z' }]);
	});

	it('reads a list of events, and the time in seconds', () => {
		const events = smsWebhook(settings, json({ ...EVENT, msg_status: 'sent', ts_event: 1795343400 }, { ...EVENT, msg_status: 'hard_bounce' }, { ...EVENT, msg_status: 'soft_bounce' }, { ...EVENT, msg_status: 'opened' }));
		expect(events).toMatchObject([
			{ state: 'sent', at: '2026-11-22T10:30:00.000Z' },
			{ state: 'failed', code: 'BREVO_hard_bounce', permanent: true },
			{ state: 'failed', code: 'BREVO_soft_bounce', permanent: false },
		]);
	});

	it('reads an answer with the message that it answers, and a refusal', () => {
		expect(smsWebhook(settings, json({ ...EVENT, msg_status: 'replied', reply: 'STOP' }))).toMatchObject([{ kind: 'reply', from: '+393331234567', text: 'STOP', inReplyTo: '123' }]);
		expect(smsWebhook(settings, json({ ...EVENT, msg_status: 'unsubscribed' }))).toMatchObject([{ kind: 'preference', from: '+393331234567', marketing: 'stop' }]);
	});

	it.each(['', 'not json', '[1, null]', '{}', '"text"'])('reads nothing in the body %j', (body) => {
		expect(smsWebhook(settings, call(body))).toEqual([]);
	});
});

describe('a described provider', () => {
	const settings = SMS_SETTINGS.generic;

	it('is read by its paths, as JSON and as a form', () => {
		expect(smsWebhook(settings, call(JSON.stringify({ message: { id: 5, status: 'DELIVERED' } })))).toMatchObject([{ kind: 'delivery', providerId: '5', state: 'delivered', eventId: '5:delivered' }]);
		expect(smsWebhook(settings, call(JSON.stringify([{ message: { id: 5, status: 'EXPIRED' } }, { message: { id: 6, status: 'UNKNOWN_NUMBER' } }, { message: { id: 7, status: 'QUEUED' } }])))).toMatchObject([
			{ providerId: '5', state: 'failed', code: 'SMS_EXPIRED', permanent: false },
			{ providerId: '6', state: 'failed', code: 'SMS_UNKNOWN_NUMBER', permanent: true },
		]);
		const flat = { ...settings, reportIdPath: 'id', reportStatusPath: 'st', deliveredValues: 'D, OK', replyFromPath: 'from', replyTextPath: 'body', replyIdPath: 'mid', replyToPath: 'to' };
		expect(smsWebhook(flat, call(form({ id: 'a', st: 'OK' })))).toMatchObject([{ providerId: 'a', state: 'delivered' }]);
		expect(smsWebhook(flat, call('', { query: `${TOKEN}&from=0039333123456&body=ciao&mid=m1&to=12345` }))).toEqual([{ kind: 'reply', channel: 'sms', eventId: 'm1', from: '+39333123456', to: '12345', text: 'ciao', at: NOW }]);
	});

	it('tells nothing where nothing is described', () => {
		const bare = { ...settings, reportIdPath: '', replyFromPath: '' };
		expect(smsWebhook(bare, call('{"message":{"id":5,"status":"DELIVERED"}}'))).toEqual([]);
	});
});

describe.each(['skebby', 'smshosting', 'brevo', 'generic'] as const)('%s, which does not sign', (provider) => {
	const settings = SMS_SETTINGS[provider];

	it.each(['', 'token=', 'token=a-secret-of-the-shoP', 'token=a-secret-of-the-shop2', 'Token=a-secret-of-the-shop'])('takes a call with the query "%s" for forged', (query) => {
		expect(smsWebhook(settings, call('{}', { query }))).toBe('forged');
	});

	it('does not take the secret from the body', () => {
		expect(smsWebhook(settings, call(TOKEN, { query: '' }))).toBe('forged');
	});

	it('believes nobody where no secret was chosen', () => {
		expect(smsWebhook({ ...settings, webhookSecret: '' }, call('{}', { query: 'token=' }))).toBe('forged');
		expect(smsWebhook({ ...settings, webhookSecret: undefined }, call('{}', { query: '' }))).toBe('forged');
	});
});

it('the same report, sent twice and late, has the same id', () => {
	const request = call(form({ id: '1', status: 'DELIVERED', notificationDate: '2026-11-22T11:29:40+0100' }));
	expect(smsWebhook(SMS_SETTINGS.smshosting, { ...request, receivedAt: '2026-11-25T00:00:00.000Z' })).toEqual(smsWebhook(SMS_SETTINGS.smshosting, request));
});
