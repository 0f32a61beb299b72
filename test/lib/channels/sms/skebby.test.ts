import nock from 'nock';
import { channelOf, sampleSms, SMS_SETTINGS } from '../../../support/sms';

const settings = SMS_SETTINGS.skebby;
const HOST = 'https://api.skebby.it';
const SMS = '/API/v1.0/REST/sms';
const login = (answer = 'key;session-1', status = 200) => nock(HOST).get('/API/v1.0/REST/login').basicAuth({ user: settings.user, pass: settings.password }).reply(status, answer);

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

it('logs in, and sends what Skebby documents with the two keys', async () => {
	login();
	let sent: Record<string, unknown> = {};
	nock(HOST, { reqheaders: { user_key: 'key', session_key: 'session-1' } })
		.post(SMS, (body) => {
			sent = body;
			return true;
		})
		.reply(201, { result: 'OK', order_id: '0A1B', total_sent: 2 });
	expect(await channelOf(settings).send(sampleSms({ key: 'ocrm-7.1' }))).toEqual({ outcome: 'sent', providerId: '0A1B', cost: { mills: 90, segments: 2 } });
	expect(sent).toEqual({
		message_type: 'GP',
		message: 'Gentile Anna, è ora di un controllo. Ottica Sole, 0294750000',
		recipient: ['+393331234567'],
		sender: 'OtticaSole',
		encoding: 'gsm',
		truncate: false,
		returnCredits: true,
		allowInvalidRecipients: true,
		order_id: 'ocrm-7.1',
	});
});

it('says ucs2 where a sign is not of GSM-7, and no sender in the lowest quality', async () => {
	login();
	let sent: Record<string, unknown> = {};
	nock(HOST)
		.post(SMS, (body) => {
			sent = body;
			return true;
		})
		.reply(201, { result: 'OK', order_id: '1', total_sent: 1 });
	await channelOf({ ...settings, quality: 'SI' }).send(sampleSms({ text: 'È ora 👓' }));
	expect(sent).toMatchObject({ encoding: 'ucs2', message_type: 'SI', message: 'È ora 👓' });
	expect(sent).not.toHaveProperty('sender');
});

it('logs in once for many messages', async () => {
	const scope = login();
	nock(HOST).post(SMS).times(5).reply(201, { result: 'OK', order_id: '1', total_sent: 1 });
	const channel = channelOf(settings);
	const deliveries = await Promise.all(Array.from({ length: 5 }, async () => await channel.send(sampleSms())));
	expect(deliveries.map(({ outcome }) => outcome)).toEqual(Array(5).fill('sent'));
	scope.done();
});

it('logs in again when the session has ended, once for all who saw it', async () => {
	login('key;old');
	const second = login('key;new');
	const stale = nock(HOST, { reqheaders: { session_key: 'old' } }).post(SMS).times(3).reply(401);
	const fresh = nock(HOST, { reqheaders: { session_key: 'new' } }).post(SMS).times(3).reply(201, { result: 'OK', order_id: '1', total_sent: 1 });
	const channel = channelOf(settings);
	expect((await Promise.all([1, 2, 3].map(async (id) => await channel.send(sampleSms({ id }))))).map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent']);
	for (const scope of [second, stale, fresh]) scope.done();
});

it('tries again once only, and then calls for a person', async () => {
	login('key;one');
	login('key;two');
	const scope = nock(HOST).post(SMS).twice().reply(401);
	expect(await channelOf(settings).send(sampleSms())).toEqual({ outcome: 'down', code: 'HTTP_401', alert: true });
	scope.done();
});

it.each([
	[404, { outcome: 'down', code: 'SKEBBY_LOGIN_404', alert: true }],
	[401, { outcome: 'down', code: 'SKEBBY_LOGIN_401', alert: true }],
	[500, { outcome: 'down', code: 'SKEBBY_LOGIN_500', backOff: true }],
])('a log-in that is answered %i has sent nothing, and the next message logs in anew', async (status, expected) => {
	login('', status);
	const channel = channelOf(settings);
	expect(await channel.send(sampleSms())).toEqual(expected);
	login();
	nock(HOST).post(SMS).reply(201, { result: 'OK', order_id: '1', total_sent: 1 });
	expect(await channel.send(sampleSms())).toMatchObject({ outcome: 'sent' });
});

it('a log-in that is cut off has sent nothing either', async () => {
	nock(HOST).get('/API/v1.0/REST/login').replyWithError(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
	expect(await channelOf(settings).send(sampleSms())).toEqual({ outcome: 'down', code: 'ECONNRESET' });
});

it.each([
	[201, { result: 'OK', order_id: '1', total_sent: 0 }, { outcome: 'refused', code: 'SKEBBY_NOT_SENT', retry: false, unreachable: true }],
	[201, { result: 'OK' }, { outcome: 'unknown', code: 'ANSWER_UNREADABLE' }],
	[400, { result: 'Not enough credits' }, { outcome: 'down', code: 'HTTP_400', alert: true }],
	[400, { result: 'INVALID_MESSAGE' }, { outcome: 'refused', code: 'SKEBBY_INVALID_MESSAGE', retry: false }],
	[404, '', { outcome: 'down', code: 'HTTP_404', alert: true }],
	[429, '', { outcome: 'down', code: 'HTTP_429', backOff: true }],
	[502, 'Bad Gateway', { outcome: 'unknown', code: 'HTTP_502' }],
])('takes HTTP %i with %j for what it means', async (status, answer, expected) => {
	login();
	nock(HOST).post(SMS).reply(status, answer);
	expect(await channelOf(settings).send(sampleSms())).toEqual(expected);
});
