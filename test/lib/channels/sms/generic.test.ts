import nock from 'nock';
import type { GenericSmsSettings } from '../../../../lib/channels/sms/settings';
import { channelOf, sampleSms, SMS_SETTINGS } from '../../../support/sms';

const settings = SMS_SETTINGS.generic;
const HOST = 'https://sms.example';

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

it('sends the described JSON, and finds the id where it is said to be', async () => {
	const scope = nock(HOST, { reqheaders: { 'x-api-key': 'demo-key' } })
		.post('/generic/messages', {
			message: { to: '+393331234567', text: 'Say "ciao", {{to}} \\ \n', from: 'OtticaSole' },
			reportTo: 'https://n8n.ottica.example/webhook/sms?token=a-secret-of-the-shop',
		})
		.reply(202, { result: 'queued', data: [{ id: 99 }] });
	// What stands in the text changes nothing of the request, and is not filled in again.
	expect(await channelOf(settings).send(sampleSms({ text: 'Say "ciao", {{to}} \\ \n' }))).toEqual({ outcome: 'sent', providerId: '99', cost: { mills: 45, segments: 1 } });
	scope.done();
});

it('sends a form, with the placeholders in the address written safely', async () => {
	const form: GenericSmsSettings = { ...settings, url: 'https://sms.example/from/{{from}}/send', sendAs: 'form', fields: '{"n":"{{toDigits}}","t":"{{text}}","prio":1,"ref":"{{ id }}"}', okPath: '', idPath: '' };
	const scope = nock(HOST).post('/from/Ottica%20%26%2F/send', { n: '393331234567', t: 'Ciao & addio', prio: '1', ref: '7-2' }).reply(200, 'OK');
	// Where the answer has no id, the message is known by the one that it was sent with.
	expect(await channelOf(form).send(sampleSms({ text: 'Ciao & addio', attempt: 2, sender: { name: 'Ottica &/', address: '' } }))).toMatchObject({ outcome: 'sent', providerId: '7-2' });
	scope.done();
});

it('sends a query, and takes the statuses that it is told', async () => {
	const get: GenericSmsSettings = { ...settings, method: 'GET', sendAs: 'query', fields: '{"to":"{{to}}","id":"{{id}}"}', acceptedStatuses: '299', okPath: undefined, idPath: undefined };
	nock(HOST).get('/generic/messages').query({ to: '+393331234567', id: 'k1' }).reply(299).get('/generic/messages').query(true).reply(200);
	expect(await channelOf(get).send(sampleSms({ key: 'k1' }))).toMatchObject({ outcome: 'sent', providerId: 'k1' });
	expect(await channelOf(get).send(sampleSms())).toMatchObject({ outcome: 'down', code: 'HTTP_200' });
});

it.each([
	[200, { result: 'refused', error: { code: 'BAD_NUMBER' } }, { outcome: 'refused', code: 'SMS_BAD_NUMBER', retry: false, unreachable: true }],
	[200, { result: 'refused', error: { code: 17 } }, { outcome: 'refused', code: 'SMS_17', retry: false }],
	[200, { result: 'refused', error: { code: 'The number +39333 is wrong' } }, { outcome: 'refused', code: 'NOT_ACCEPTED', retry: false }],
	[200, { result: 'queued', data: [] }, { outcome: 'unknown', code: 'ANSWER_UNREADABLE' }],
	[422, { error: { code: 'BAD_NUMBER' } }, { outcome: 'refused', code: 'SMS_BAD_NUMBER', retry: false, unreachable: true }],
	[400, 'no', { outcome: 'refused', code: 'HTTP_400', retry: false }],
	[402, {}, { outcome: 'down', code: 'HTTP_402', alert: true }],
	[429, {}, { outcome: 'down', code: 'HTTP_429', backOff: true }],
	[500, { error: { code: 'BAD_NUMBER' } }, { outcome: 'unknown', code: 'SMS_BAD_NUMBER' }],
])('takes HTTP %i with %j for what it means', async (status, answer, expected) => {
	nock(HOST).post('/generic/messages').reply(status, answer);
	expect(await channelOf(settings).send(sampleSms())).toEqual(expected);
});

it.each([
	['{"to":', 'no valid JSON'],
	['[1]', 'no JSON object'],
	['{"to":"{{recipient}}"}', '{{recipient}}'],
])('refuses the description %s before anything is sent', (fields, message) => {
	expect(() => channelOf({ ...settings, fields })).toThrow(message);
});
