import nock from 'nock';
import { channelOf, sampleSms, SMS_SETTINGS } from '../../../support/sms';

const settings = SMS_SETTINGS.twilio;
const PATH = `/2010-04-01/Accounts/${settings.accountSid}/Messages.json`;
const api = () => nock('https://api.twilio.com').post(PATH);

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

it('sends what Twilio documents, and knows the message by its sid', async () => {
	let form: unknown;
	const scope = nock('https://api.twilio.com')
		.post(PATH, (body) => {
			form = body;
			return true;
		})
		.basicAuth({ user: settings.accountSid, pass: settings.authToken })
		.reply(201, { sid: 'SM1', status: 'queued', num_segments: '2', price: null });
	expect(await channelOf({ ...settings, maxPrice: 0.2 }).send(sampleSms())).toEqual({ outcome: 'sent', providerId: 'SM1', cost: { mills: 90, segments: 2 } });
	expect(form).toEqual({
		To: '+393331234567',
		From: 'OtticaSole',
		Body: 'Gentile Anna, è ora di un controllo. Ottica Sole, 0294750000',
		StatusCallback: 'https://n8n.ottica.example/webhook/sms',
		MaxPrice: '0.2',
	});
	scope.done();
});

it('leaves the sender to a messaging service, and counts the parts itself where Twilio does not yet', async () => {
	let form: Record<string, string> = {};
	nock('https://api.twilio.com')
		.post(PATH, (body) => {
			form = body;
			return true;
		})
		.reply(201, { sid: 'SM2', num_segments: '0' });
	const delivery = await channelOf({ ...settings, messagingServiceSid: 'MG1', webhookUrl: '', centsPerSegment: 5 }).send(sampleSms({ text: 'à'.repeat(161) }));
	expect(delivery).toEqual({ outcome: 'sent', providerId: 'SM2', cost: { mills: 100, segments: 2 } });
	expect(Object.keys(form)).toEqual(['To', 'MessagingServiceSid', 'Body']);
});

it('sends from a number that can receive, where there is one', async () => {
	const scope = nock('https://api.twilio.com').post(PATH, (body) => body.From === '+390299990000').reply(201, { sid: 'SM3' });
	await channelOf({ ...settings, senderNumber: '+390299990000' }).send(sampleSms({ sender: { name: 'A name that is much too long', address: '' } }));
	scope.done();
});

it.each([
	[400, 21211, { outcome: 'refused', retry: false, unreachable: true }],
	[400, 21614, { outcome: 'refused', retry: false, unreachable: true }],
	[400, 21610, { outcome: 'refused', retry: false, withdraw: true }],
	[400, 21612, { outcome: 'refused', retry: false }],
	[400, 21617, { outcome: 'refused', retry: false }],
	[400, 21606, { outcome: 'down', alert: true }],
	[401, 20003, { outcome: 'down', alert: true }],
	[403, 20005, { outcome: 'down', alert: true }],
	[404, 20404, { outcome: 'down', alert: true }],
	[429, 20429, { outcome: 'down', backOff: true }],
	[400, 21611, { outcome: 'down', backOff: true }],
	[503, 20503, { outcome: 'unknown' }],
	[500, 21610, { outcome: 'unknown' }],
])('takes HTTP %i with error %i for what it means', async (status, code, expected) => {
	api().reply(status, { code, message: 'Something about +393331234567', more_info: '', status });
	expect(await channelOf(settings).send(sampleSms())).toEqual({ ...expected, code: `TWILIO_${code}` });
});

it('does not call a success without an id sent', async () => {
	api().reply(201, 'half an ans');
	expect(await channelOf(settings).send(sampleSms())).toEqual({ outcome: 'unknown', code: 'ANSWER_UNREADABLE' });
});
