import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { OpticalPushApi } from '../../credentials/OpticalPushApi.credentials';
import { startPushStandin, type PushStandin } from '../../demo/standins/push';

const NOW = '2026-11-24T10:00:00.000Z';
let standin: PushStandin;
beforeEach(async () => void (standin = await startPushStandin({ now: () => Date.parse(NOW) / 1000 })));
afterEach(async () => await standin.stop());

/** What n8n sends when the test button is pressed; the expressions are resolved. */
const press = async (credentials: ICredentialDataDecryptedObject, url: string) => {
	const authenticate = new OpticalPushApi().authenticate as (data: ICredentialDataDecryptedObject, request: IHttpRequestOptions) => Promise<IHttpRequestOptions>;
	const request = await authenticate(credentials, { method: 'POST', url, headers: { 'x-optical-test': String(Date.parse(NOW)) } });
	return (await fetch(request.url, { method: 'POST', headers: request.headers as Record<string, string>, body: request.body as string })).status;
};

it('gets a token with the right service account, and none with another', async () => {
	expect(await press({ provider: 'fcm', serviceAccount: standin.serviceAccount }, 'https://oauth2.googleapis.com/token')).toBe(200);
	const other = await startPushStandin();
	const foreign = { ...JSON.parse(other.serviceAccount), token_uri: `${standin.url}/token` };
	expect(await press({ provider: 'fcm', serviceAccount: JSON.stringify(foreign) }, 'https://oauth2.googleapis.com/token')).toBe(400);
	await other.stop();
});

it('sends the app a signed message that shows nothing', async () => {
	const url = `${standin.url}/app`;
	expect(await press({ provider: 'webhook', url, secret: standin.secret }, url)).toBe(200);
	expect(await press({ provider: 'webhook', url, secret: 'another' }, url)).toBe(401);
	expect(standin.messages).toEqual([]);
});

it('leaves the requests of messages as they are', async () => {
	const request = { method: 'POST' as const, url: 'https://fcm.googleapis.com/x', headers: { authorization: 'Bearer t' } };
	const authenticate = new OpticalPushApi().authenticate as (data: ICredentialDataDecryptedObject, request: IHttpRequestOptions) => Promise<IHttpRequestOptions>;
	expect(await authenticate({ provider: 'fcm', serviceAccount: 'x' }, request)).toBe(request);
});
