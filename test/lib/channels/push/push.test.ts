import nock from 'nock';
import type { Delivery, Outgoing } from '../../../../lib/channels/channel';
import type { Http, HttpRequest } from '../../../../lib/channels/http';
import { pushChannel } from '../../../../lib/channels/push/push';
import { isSigned, SIGNATURE_HEADER, signatureOf, TIMESTAMP_HEADER } from '../../../../lib/channels/push/signature';
import type { PushSettings } from '../../../../lib/channels/push/settings';
import { startPushStandin, type PushStandin } from '../../../../demo/standins/push';
import { fetchHttp } from '../../../support/fetchHttp';

const NOW = '2026-11-24T10:00:00.000Z';
const SECONDS = Date.parse(NOW) / 1000;
const MESSAGE: Outgoing = { id: 7, attempt: 1, class: 'service', recipient: 'device-1', recipientName: 'Zoë Rossi', subject: 'Pronto!', text: 'I suoi occhiali sono pronti.', extra: { push: { link: 'https://app.example/o/7' } }, sender: { name: 'Ottica', address: 'a@b.example' } };

let standin: PushStandin;
let now = NOW;
beforeEach(async () => {
	now = NOW;
	standin = await startPushStandin({ now: () => Math.floor(Date.parse(now) / 1000) });
});
afterEach(async () => {
	nock.cleanAll();
	await standin.stop();
});
const fcm = (): PushSettings => ({ provider: 'fcm', serviceAccount: standin.serviceAccount, baseUrl: `${standin.url}/` });
const app = (): PushSettings => ({ provider: 'webhook', url: `${standin.url}/app`, secret: standin.secret });
const channel = (settings: PushSettings, timeoutMs?: number) => pushChannel(settings, fetchHttp(undefined, timeoutMs), () => now);
const send = async (settings: PushSettings, changes: Partial<Outgoing> = {}, timeoutMs?: number): Promise<Delivery> => await channel(settings, timeoutMs).send({ ...MESSAGE, ...changes });

describe.each([['fcm', fcm], ['webhook', app]] as const)('%s', (via, settings) => {
	it('brings title, text and link to the phone, with a key by which a second one takes its place', async () => {
		expect(await send(settings())).toMatchObject({ outcome: 'sent', providerId: via === 'fcm' ? 'projects/ottica-demo/messages/0:1' : 'app-ocrm-7' });
		expect(standin.messages).toEqual([{ via, token: 'device-1', title: 'Pronto!', body: 'I suoi occhiali sono pronti.', link: 'https://app.example/o/7', key: 'ocrm-7', at: expect.any(String) }]);
		await send(settings(), { subject: undefined, extra: undefined, key: 'own' });
		expect(standin.messages[1]).toMatchObject({ key: 'own', body: MESSAGE.text });
	});

	it('hands the refusal link to the app, which shows it where the customer switches messages off', async () => {
		const asked: HttpRequest[] = [];
		const http: Http = async (request) => {
			asked.push(request);
			return await fetchHttp()(request);
		};
		await pushChannel(settings(), http, () => now).send({ ...MESSAGE, refusalUrl: 'https://crm.example/r?t=1' });
		await pushChannel(settings(), http, () => now).send({ ...MESSAGE, id: 8 });
		const [first, second] = asked.filter(({ json, body }) => json !== undefined || body !== undefined).map(({ json, body }) => (via === 'fcm' ? (json as { message: { data: object } }).message.data : (JSON.parse(String(body)) as object)));
		expect(first).toMatchObject({ link: 'https://app.example/o/7', refusalUrl: 'https://crm.example/r?t=1' });
		expect(second).not.toHaveProperty('refusalUrl');
	});

	it('knows a token that is gone, and tries later what is only too fast', async () => {
		standin.refuse['device-1'] = 'UNREGISTERED';
		expect(await send(settings())).toMatchObject({ outcome: 'refused', retry: false, unreachable: true });
		standin.refuse['device-1'] = 'UNAVAILABLE';
		expect(await send(settings())).toMatchObject({ outcome: 'refused', retry: true, afterMinutes: 2 });
		expect(standin.messages).toEqual([]);
	});

	it('is unknown where no answer came back, and down where nobody listens', async () => {
		const ready = channel(settings(), 500);
		await ready.send(MESSAGE);
		for (const afterTaking of ['hang', 'disconnect'] as const) {
			standin.faults.afterTaking = afterTaking;
			expect(await ready.send({ ...MESSAGE, id: 8 })).toMatchObject({ outcome: 'unknown' });
		}
		standin.faults.afterTaking = 'answer';
		const gone = await startPushStandin();
		await gone.stop();
		expect(await send({ ...settings(), baseUrl: gone.url, url: gone.url } as unknown as PushSettings)).toEqual({ outcome: 'down', code: 'ECONNREFUSED' });
	});
});

describe('Firebase', () => {
	it.each([
		['SENDER_ID_MISMATCH', { outcome: 'refused', retry: false, unreachable: true }],
		['INVALID_ARGUMENT', { outcome: 'refused', retry: false, unreachable: true }],
		['QUOTA_EXCEEDED', { outcome: 'refused', retry: true, afterMinutes: 1 }],
		['INTERNAL', { outcome: 'refused', retry: true }],
		['THIRD_PARTY_AUTH_ERROR', { outcome: 'down', alert: true }],
	] as const)('%s', async (code, delivery) => {
		standin.refuse['device-1'] = code;
		expect(await send(fcm())).toEqual(expect.objectContaining({ ...delivery, code }));
	});

	it('says of a text that is too long that the text is wrong, not the phone', async () => {
		expect(await send(fcm(), { text: 'x'.repeat(5000) })).toEqual({ outcome: 'refused', code: 'INVALID_ARGUMENT', retry: false });
	});

	it('asks for one token, uses it for all until shortly before it ends, then for another', async () => {
		const open = channel(fcm());
		await Promise.all([1, 2, 3].map(async (id) => await open.send({ ...MESSAGE, id })));
		now = '2026-11-24T10:54:00.000Z';
		await open.send(MESSAGE);
		expect(standin.tokens()).toBe(1);
		now = '2026-11-24T10:56:00.000Z';
		expect(await open.send(MESSAGE)).toMatchObject({ outcome: 'sent' });
		expect(standin.tokens()).toBe(2);
	});

	it('gets a new token once where the old one was ended, and does not send twice for it', async () => {
		const open = channel(fcm());
		await open.send(MESSAGE);
		standin.endTokens();
		expect(await open.send({ ...MESSAGE, id: 8 })).toMatchObject({ outcome: 'sent' });
		expect(standin.messages.map(({ key }) => key)).toEqual(['ocrm-7', 'ocrm-8']);
	});

	it('is down, for a person to mend, where the account is another or not allowed', async () => {
		const other = await startPushStandin({ now: () => SECONDS });
		const account = JSON.parse(standin.serviceAccount);
		const { private_key: foreign } = JSON.parse(other.serviceAccount);
		expect(await send({ ...fcm(), serviceAccount: JSON.stringify({ ...account, private_key: foreign }) } as PushSettings)).toEqual({ outcome: 'down', code: 'OAUTH_invalid_grant', alert: true });
		await other.stop();
		nock('https://fcm.example').post('/v1/projects/ottica-demo/messages:send').reply(403, { error: { code: 403, status: 'PERMISSION_DENIED' } });
		expect(await send({ ...fcm(), baseUrl: 'https://fcm.example' } as PushSettings)).toEqual({ outcome: 'down', code: 'PERMISSION_DENIED', alert: true });
	});

	it('is down where Google gives no token, and nothing has left', async () => {
		const account = JSON.parse(standin.serviceAccount);
		nock('https://oauth.example').post('/token').reply(503, 'busy').post('/token').replyWithError('socket hang up');
		const open = channel({ ...fcm(), serviceAccount: JSON.stringify({ ...account, token_uri: 'https://oauth.example/token' }) } as PushSettings);
		expect(await open.send(MESSAGE)).toEqual({ outcome: 'down', code: 'OAUTH_503' });
		expect(await open.send(MESSAGE)).toMatchObject({ outcome: 'down' });
	});

	it.each([['no JSON', 'x'], ['another file', '{"type":"authorized_user"}'], ['a broken key', '{"project_id":"p","client_email":"e","private_key":"k"}']])('refuses %s as a service account', (_, serviceAccount) => {
		expect(() => channel({ provider: 'fcm', serviceAccount, baseUrl: 'https://x.example' })).toThrow('not the JSON file');
	});

	it('cannot tell where an answer of success names no message', async () => {
		nock('https://fcm.example').post('/v1/projects/ottica-demo/messages:send').reply(200, 'ok');
		expect(await send({ ...fcm(), baseUrl: 'https://fcm.example' } as PushSettings)).toEqual({ outcome: 'unknown', code: 'ANSWER_UNREADABLE' });
	});
});

describe('the webhook of an app', () => {
	it.each([[401, { outcome: 'down', alert: true }], [302, { outcome: 'down', alert: true }], [410, { unreachable: true }], [400, { outcome: 'refused', retry: false }], [500, { outcome: 'unknown' }]])('%i', async (status, delivery) => {
		nock('https://app.example').post('/push').reply(status, undefined, status === 302 ? { location: 'https://app.example/elsewhere' } : {});
		expect(await pushChannel({ provider: 'webhook', url: 'https://app.example/push', secret: 's' }, async (request) => {
			const answer = await fetch(request.url, { method: request.method, headers: request.headers, body: request.body as string, redirect: 'manual' });
			return { status: answer.status, headers: {}, body: await answer.text() };
		}, () => now).send(MESSAGE)).toMatchObject(delivery);
	});

	it('is signed over body and moment: neither another secret, nor another body, nor an old one passes', () => {
		const body = '{"a":1}';
		const headers = (seconds: number, secret = 's') => ({ [TIMESTAMP_HEADER]: String(seconds), [SIGNATURE_HEADER]: signatureOf(secret, seconds, body) });
		expect(isSigned('s', headers(SECONDS), body, SECONDS + 299)).toBe(true);
		expect(isSigned('s', headers(SECONDS), body, SECONDS + 301)).toBe(false);
		expect(isSigned('s', headers(SECONDS, 'other'), body, SECONDS)).toBe(false);
		expect(isSigned('s', headers(SECONDS), '{"a":2}', SECONDS)).toBe(false);
		expect(isSigned('s', { ...headers(SECONDS), [TIMESTAMP_HEADER]: String(SECONDS + 1) }, body, SECONDS)).toBe(false);
		expect(isSigned('s', {}, body, SECONDS)).toBe(false);
		expect(signatureOf('key', 1, 'x')).toMatch(/^sha256=[0-9a-f]{64}$/);
	});
});
