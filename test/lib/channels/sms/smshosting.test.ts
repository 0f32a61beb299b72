import nock from 'nock';
import { channelOf, sampleSms, SMS_SETTINGS } from '../../../support/sms';

const settings = SMS_SETTINGS.smshosting;
const HOST = 'https://api.smshosting.it';
const PATH = '/rest/api/sms/send';

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

it('sends the form that smshosting documents, the number without its plus', async () => {
	let form: unknown;
	nock(HOST)
		.post(PATH, (body) => {
			form = body;
			return true;
		})
		.basicAuth({ user: settings.authKey, pass: settings.authSecret })
		.reply(200, { from: 'OtticaSole', transactionId: 'x', smsInserted: 1, smsNotInserted: 0, sms: [{ id: 389310742, to: '393331234567', status: 'INSERTED' }] });
	expect(await channelOf(settings).send(sampleSms({ key: 'm7' }))).toEqual({ outcome: 'sent', providerId: '389310742', cost: { mills: 45, segments: 1 } });
	expect(form).toEqual({
		to: '393331234567',
		text: 'Gentile Anna, è ora di un controllo. Ottica Sole, 0294750000',
		from: 'OtticaSole',
		encoding: 'AUTO',
		transactionId: 'm7',
		statusCallback: 'https://n8n.ottica.example/webhook/sms?token=a-secret-of-the-shop',
	});
});

it('says so where nothing shall be sent, and asks for no report where nobody listens', async () => {
	const scope = nock(HOST).post(PATH, (body) => body.sandbox === 'true' && !('statusCallback' in body)).reply(200, { sms: [{ id: 1, status: 'INSERTED' }] });
	await channelOf({ ...settings, sandbox: true, webhookUrl: '' }).send(sampleSms());
	scope.done();
});

const notInserted = (statusDetail: string) => ({ smsInserted: 0, smsNotInserted: 1, sms: [{ to: '393331234567', status: 'NOT_INSERTED', statusDetail }] });

it.each([
	[200, notInserted('BADNUMBERFORMAT'), { outcome: 'refused', code: 'SMSHOSTING_BADNUMBERFORMAT', retry: false, unreachable: true }],
	[200, notInserted('BLACKLIST'), { outcome: 'refused', code: 'SMSHOSTING_BLACKLIST', retry: false, withdraw: true }],
	[200, notInserted('DUPLICATESMS'), { outcome: 'refused', code: 'SMSHOSTING_DUPLICATESMS', retry: false }],
	[200, { smsInserted: 1 }, { outcome: 'unknown', code: 'ANSWER_UNREADABLE' }],
	[400, { errorMsg: 'NO_VALID_RECIPIENT', errorCode: 400 }, { outcome: 'refused', code: 'SMSHOSTING_NO_VALID_RECIPIENT', retry: false, unreachable: true }],
	[400, { errorMsg: 'BAD_CREDIT', errorCode: 400 }, { outcome: 'down', code: 'SMSHOSTING_BAD_CREDIT', alert: true }],
	[400, { errorMsg: 'BAD_FROM', errorCode: 400 }, { outcome: 'down', code: 'SMSHOSTING_BAD_FROM', alert: true }],
	[400, { errorMsg: 'BAD_TEXT', errorCode: 400 }, { outcome: 'refused', code: 'SMSHOSTING_BAD_TEXT', retry: false }],
	[401, { errorMsg: 'BAD_CREDENTIALS', errorCode: 401 }, { outcome: 'down', code: 'SMSHOSTING_BAD_CREDENTIALS', alert: true }],
	[405, {}, { outcome: 'down', code: 'HTTP_405', alert: true }],
	[429, {}, { outcome: 'down', code: 'HTTP_429', backOff: true }],
	[500, { errorMsg: 'GENERIC_ERROR', errorCode: 500 }, { outcome: 'unknown', code: 'SMSHOSTING_GENERIC_ERROR' }],
	[502, { errorMsg: 'NO_VALID_RECIPIENT' }, { outcome: 'unknown', code: 'SMSHOSTING_NO_VALID_RECIPIENT' }],
])('takes HTTP %i with %j for what it means', async (status, answer, expected) => {
	nock(HOST).post(PATH).reply(status, answer);
	expect(await channelOf(settings).send(sampleSms())).toEqual(expected);
});
