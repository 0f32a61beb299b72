import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Workflow, type IHttpRequestOptions, type INodeTypes } from 'n8n-workflow';
import { OpticalSmsApi } from '../../../credentials/OpticalSmsApi.credentials';
import { startSmsStandin, type SmsStandin } from '../../../demo/standins/sms';
import { STANDIN_NUMBERS } from '../../../demo/standins/smsProviders/provider';
import type { SmsSettings } from '../../../lib/channels/sms/settings';
import { smsWebhook } from '../../../lib/channels/sms/webhook';
import type { SmsWebhookResult } from '../../../lib/channels/sms/webhookRequest';
import { channelOf, sampleSms, SMS_SETTINGS } from '../../support/sms';

let standin: SmsStandin;
let shop: Server;
let settings: SmsSettings;
let heard: SmsWebhookResult[];

/** The shop's webhook: reads what comes as the product does. */
async function startShop(): Promise<string> {
	shop = createServer(async (request, response) => {
		const rawBody = await buffer(request);
		const query = (request.url ?? '').split('?')[1] ?? '';
		const result = smsWebhook(settings, { query, headers: request.headers as Record<string, string>, rawBody, receivedAt: '2026-11-22T10:30:00.000Z' });
		heard.push(result);
		response.writeHead(result === 'forged' ? 403 : 204).end();
	});
	await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(shop.address() as { port: number }).port}/webhook/sms`;
}

afterEach(async () => {
	await standin?.stop();
	shop?.closeAllConnections();
	await new Promise((resolve) => (shop?.listening ? shop.close(resolve) : resolve(undefined)));
});

/** The settings with a login that the stand-in does not know. */
const withWrongLogin = () => ({ ...settings, ...{ authToken: 'x', password: 'x', authSecret: 'x', apiKey: 'x', headerValue: 'x' } }) as SmsSettings;

const PROVIDERS = Object.keys(SMS_SETTINGS) as Array<keyof typeof SMS_SETTINGS>;

describe.each(PROVIDERS)('%s', (provider) => {
	beforeEach(async () => {
		heard = [];
		const webhookUrl = await startShop();
		standin = await startSmsStandin({ webhookUrl: provider === 'twilio' ? webhookUrl : `${webhookUrl}?token=a-secret-of-the-shop` });
		settings = { ...SMS_SETTINGS[provider], webhookUrl, ...(provider === 'generic' ? { url: `${standin.url}/generic/messages`, testUrl: `${standin.url}/generic/account` } : { baseUrl: `${standin.url}/` }) } as SmsSettings;
	});

	it('takes an SMS, reports it, and hands an answer over', async () => {
		const delivery = await channelOf(settings).send(sampleSms());
		expect(delivery).toMatchObject({ outcome: 'sent', cost: { mills: 45, segments: 1 } });
		expect(standin.messages).toMatchObject([{ provider, to: '+393331234567', from: 'OtticaSole', text: sampleSms().text, state: 'sent' }]);
		const { providerId } = delivery as { providerId: string };
		expect(await standin.deliver(providerId)).toBe(204);
		expect(heard).toMatchObject([[{ kind: 'delivery', providerId, state: 'delivered' }]]);
		expect(standin.messages[0].state).toBe('delivered');
		expect(await standin.reply('+393331234567', 'Sì, va bene')).toBe(204);
		expect(heard[1]).toMatchObject([{ kind: 'reply', from: '+393331234567', text: 'Sì, va bene' }]);
	});

	it('reports a failure', async () => {
		const { providerId } = (await channelOf(settings).send(sampleSms())) as { providerId: string };
		await standin.deliver(providerId, 'failed');
		expect(heard).toMatchObject([[{ kind: 'delivery', providerId, state: 'failed' }]]);
	});

	it('is not believed with another secret', async () => {
		const { providerId } = (await channelOf(settings).send(sampleSms())) as { providerId: string };
		settings = { ...settings, webhookSecret: 'another', ...(settings.provider === 'twilio' && { authToken: 'another' }) };
		expect(await standin.deliver(providerId)).toBe(403);
		expect(heard).toEqual(['forged']);
	});

	it('refuses a number that is none, and calls for a person without credit', async () => {
		const channel = channelOf(settings);
		expect(await channel.send(sampleSms({ recipient: STANDIN_NUMBERS.invalid }))).toMatchObject({ outcome: 'refused', retry: false, unreachable: true });
		expect(await channel.send(sampleSms({ recipient: STANDIN_NUMBERS.noCredit }))).toMatchObject({ outcome: 'down', alert: true });
		expect(standin.messages).toEqual([]);
	});

	it('refuses a wrong login', async () => {
		expect(await channelOf(withWrongLogin()).send(sampleSms())).toMatchObject({ outcome: 'down', alert: true });
		expect(standin.messages).toEqual([]);
	});

	it.each(['hang', 'disconnect'] as const)('may have taken an SMS after which it makes a %s', async (fault) => {
		standin.faults.afterTaking = fault;
		expect(await channelOf(settings, 300).send(sampleSms())).toMatchObject({ outcome: 'unknown' });
		expect(standin.messages).toHaveLength(1);
	});

	it('keeps nothing of what it says it did not take', async () => {
		standin.faults.status = 429;
		expect(await channelOf(settings).send(sampleSms())).toMatchObject({ outcome: 'down', backOff: true });
		expect(standin.messages).toEqual([]);
	});

	it('answers the test of the credential, with the right login only', async () => {
		expect(await testCredential(settings)).toBe(200);
		expect([401, 404]).toContain(await testCredential(withWrongLogin()));
	});

	it('finds nobody when it has stopped', async () => {
		await standin.stop();
		expect(await channelOf(settings).send(sampleSms())).toEqual({ outcome: 'down', code: 'ECONNREFUSED' });
	});
});

it('Skebby is logged in to again when its session has ended', async () => {
	standin = await startSmsStandin();
	const channel = channelOf({ ...SMS_SETTINGS.skebby, baseUrl: standin.url });
	await channel.send(sampleSms());
	standin.endSessions();
	expect(await channel.send(sampleSms({ id: 8 }))).toMatchObject({ outcome: 'sent' });
	expect(standin.messages).toHaveLength(2);
});

it('reports by itself where it is told to', async () => {
	heard = [];
	settings = { ...SMS_SETTINGS.brevo, webhookUrl: await startShop() };
	standin = await startSmsStandin({ reportAfterMs: 20 });
	settings = { ...settings, baseUrl: standin.url } as SmsSettings;
	await channelOf(settings).send(sampleSms());
	for (let tries = 0; heard.length === 0 && tries < 100; tries++) await new Promise((resolve) => setTimeout(resolve, 20));
	expect(heard).toMatchObject([[{ state: 'delivered' }]]);
});

it('asks each provider at its own address where no other was entered', () => {
	const urls = PROVIDERS.map((provider) => testRequest({ ...SMS_SETTINGS[provider], baseUrl: '' }));
	expect(urls).toEqual([
		'https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef.json',
		'https://api.skebby.it/API/v1.0/REST/login',
		'https://api.smshosting.it/rest/api/user',
		'https://api.brevo.com/v3/account',
		'https://sms.example/generic/account',
	]);
});

/** The address that the credential's test calls, its expressions resolved by n8n. */
function testRequest(data: SmsSettings): string {
	const node = { id: '1', name: 'test', type: 'test', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const types = { getByNameAndVersion: () => ({ description: { properties: [] } }), getByName: () => ({}), getKnownTypes: () => ({}) } as unknown as INodeTypes;
	const workflow = new Workflow({ id: '1', nodes: [node], connections: {}, active: false, nodeTypes: types });
	const { baseURL, url } = new OpticalSmsApi().test.request;
	const resolve = (text: string | undefined) => String(workflow.expression.getSimpleParameterValue(node, text, 'internal', { $credentials: data } as never) ?? '');
	return resolve(baseURL) + resolve(url);
}

async function testCredential(data: SmsSettings): Promise<number> {
	const authenticate = new OpticalSmsApi().authenticate as (data: object, request: IHttpRequestOptions) => Promise<IHttpRequestOptions>;
	const { url, headers } = await authenticate(data, { url: testRequest(data) });
	return (await fetch(url, { headers: headers as Record<string, string> })).status;
}
