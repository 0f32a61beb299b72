import nock from 'nock';
import { NoAnswer } from '../../../../lib/channels/http';
import { smsChannel } from '../../../../lib/channels/sms';
import { callbackUrl, SMS_BASE_URLS, type SmsSettings } from '../../../../lib/channels/sms/settings';
import { smsLength } from '../../../../lib/messages/sms';
import { channelOf, sampleSms, SMS_SETTINGS } from '../../../support/sms';

const ALL: SmsSettings[] = Object.values(SMS_SETTINGS);

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** The log-in works, where there is one; then comes what is tested. */
function sending(settings: SmsSettings) {
	if (settings.provider === 'skebby') nock('https://api.skebby.it').get('/API/v1.0/REST/login').reply(200, 'key;session');
	return nock(settings.provider === 'generic' ? 'https://sms.example' : SMS_BASE_URLS[settings.provider]).post(/.*/);
}

describe.each(ALL.map((settings) => [settings.provider, settings] as const))('%s', (_, settings) => {
	it('does not know what became of a message when the connection was cut', async () => {
		sending(settings).replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
		expect(await channelOf(settings).send(sampleSms())).toEqual({ outcome: 'unknown', code: 'ECONNRESET' });
	});

	it('does not know it when no answer came in time', async () => {
		sending(settings).delay(400).reply(200, {});
		expect(await channelOf(settings, 80).send(sampleSms())).toEqual({ outcome: 'unknown', code: 'ETIMEDOUT' });
	});

	it('knows that nothing left when there was no connection', async () => {
		sending(settings).replyWithError(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
		expect(await channelOf(settings).send(sampleSms())).toEqual({ outcome: 'down', code: 'ECONNREFUSED' });
	});

	it('never throws for one message', async () => {
		const channel = smsChannel(settings, async () => await Promise.reject(new Error('a fault of ours')), smsLength);
		expect(['unknown', 'down']).toContain((await channel.send(sampleSms())).outcome);
	});

	it.each(['Dodici segni', '', 'Ottica\n1', 'Ottica👓', '{Ottica[1]}', '12'])('calls for a person, and nobody else, where the sender is "%s"', async (name) => {
		const called = jest.fn(async () => await Promise.reject(new NoAnswer('ECONNREFUSED', false)));
		expect(await smsChannel(settings, called, smsLength).send(sampleSms({ sender: { name, address: '' } }))).toEqual({ outcome: 'down', code: 'SENDER_INVALID', alert: true });
		expect(called).not.toHaveBeenCalled();
	});
});

it.each(['Ottica Sole', 'Perché', '+390294750000', '48123'])('sends from "%s"', async (name) => {
	nock('https://api.brevo.com').post(/.*/).reply(201, { messageId: 5 });
	expect(await channelOf(SMS_SETTINGS.brevo).send(sampleSms({ sender: { name, address: '' } }))).toMatchObject({ outcome: 'sent' });
});

it('names no price where none is known', async () => {
	nock('https://api.brevo.com').post(/.*/).reply(201, { messageId: 5, smsCount: 1 });
	expect(await channelOf({ ...SMS_SETTINGS.brevo, centsPerSegment: 0 }).send(sampleSms())).toEqual({ outcome: 'sent', providerId: '5', cost: undefined });
});

it('gives no address away that nobody could prove to be the provider at', () => {
	expect(callbackUrl({ ...SMS_SETTINGS.brevo, webhookSecret: '' })).toBeUndefined();
	expect(callbackUrl({ ...SMS_SETTINGS.twilio, webhookSecret: '' })).toBe('https://n8n.ottica.example/webhook/sms');
	expect(callbackUrl({ ...SMS_SETTINGS.brevo, webhookUrl: 'https://x.example/a?b=1', webhookSecret: 'p&q' })).toBe('https://x.example/a?b=1&token=p%26q');
});
