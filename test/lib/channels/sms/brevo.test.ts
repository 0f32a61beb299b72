import nock from 'nock';
import { channelOf, sampleSms, SMS_SETTINGS } from '../../../support/sms';

const settings = SMS_SETTINGS.brevo;
const HOST = 'https://api.brevo.com';
const PATH = '/v3/transactionalSMS/send';

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

it('sends what Brevo documents, and takes the parts that it counted', async () => {
	let sent: unknown;
	nock(HOST, { reqheaders: { 'api-key': settings.apiKey } })
		.post(PATH, (body) => {
			sent = body;
			return true;
		})
		.reply(201, { messageId: 1511882900176220, reference: 'ab1cde2fgh3i4jklmno', remainingCredits: 82.85, smsCount: 2, usedCredits: 0.7 });
	expect(await channelOf(settings).send(sampleSms())).toEqual({ outcome: 'sent', providerId: '1511882900176220', cost: { mills: 90, segments: 2 } });
	expect(sent).toEqual({
		sender: 'OtticaSole',
		recipient: '393331234567',
		content: 'Gentile Anna, è ora di un controllo. Ottica Sole, 0294750000',
		type: 'transactional',
		unicodeEnabled: false,
		webUrl: 'https://n8n.ottica.example/webhook/sms?token=a-secret-of-the-shop',
	});
});

it('asks for Unicode where the text needs it', async () => {
	const scope = nock(HOST).post(PATH, (body) => body.unicodeEnabled === true).reply(201, { messageId: 1 });
	await channelOf(settings).send(sampleSms({ text: 'È ora' }));
	scope.done();
});

it.each([
	[201, {}, { outcome: 'unknown', code: 'ANSWER_UNREADABLE' }],
	[400, { code: 'invalid_parameter', message: 'Invalid phone number' }, { outcome: 'refused', code: 'BREVO_invalid_parameter', retry: false, unreachable: true }],
	[400, { code: 'invalid_parameter', message: 'Sender is invalid' }, { outcome: 'down', code: 'BREVO_invalid_parameter', alert: true }],
	[400, { code: 'missing_parameter', message: 'content is missing' }, { outcome: 'refused', code: 'BREVO_missing_parameter', retry: false }],
	[400, { code: 'not_enough_credits', message: '' }, { outcome: 'down', code: 'BREVO_not_enough_credits', alert: true }],
	[402, { code: 'not_enough_credits', message: '' }, { outcome: 'down', code: 'BREVO_not_enough_credits', alert: true }],
	[401, { code: 'unauthorized', message: 'Key not found' }, { outcome: 'down', code: 'BREVO_unauthorized', alert: true }],
	[429, { code: 'too_many_requests', message: '' }, { outcome: 'down', code: 'BREVO_too_many_requests', backOff: true }],
	[500, 'oops', { outcome: 'unknown', code: 'HTTP_500' }],
])('takes HTTP %i with %j for what it means', async (status, answer, expected) => {
	nock(HOST).post(PATH).reply(status, answer);
	expect(await channelOf(settings).send(sampleSms())).toEqual(expected);
});
