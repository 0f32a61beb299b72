import type { IAuthenticate, ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties, Icon } from 'n8n-workflow';
import { GRANT_TYPE, readServiceAccount, signedClaim } from '../lib/channels/push/serviceAccount';
import { FCM_URL, type PushSettings } from '../lib/channels/push/settings';
import { signedHeaders } from '../lib/channels/push/webhook';

/** Marks the request of the test, which has no body of its own. */
const TEST_HEADER = 'x-optical-test';

export class OpticalPushApi implements ICredentialType {
	name = 'opticalPushApi';

	displayName = 'Optical Push API';

	icon: Icon = { light: 'file:../nodes/icons/push.svg', dark: 'file:../nodes/icons/push.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-optical-crm/n8n-nodes-optical-crm#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Provider',
			name: 'provider',
			type: 'options',
			default: 'fcm',
			options: [
				{ name: 'Firebase Cloud Messaging', value: 'fcm' },
				{ name: 'Server of a Shop App', value: 'webhook', description: 'Any server that takes a signed webhook' },
			],
		},
		// It holds a private key.
		// eslint-disable-next-line @n8n/community-nodes/credential-unnecessary-password
		{
			displayName: 'Service Account (JSON)',
			name: 'serviceAccount',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			required: true,
			displayOptions: { show: { provider: ['fcm'] } },
			description: 'The whole file: Firebase console > Project settings > Service accounts > Generate new private key',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: FCM_URL,
			required: true,
			displayOptions: { show: { provider: ['fcm'] } },
			description: 'Where Firebase Cloud Messaging is. Change it only for a stand-in.',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { provider: ['webhook'] } },
			placeholder: 'e.g. https://app.ottica.example/push',
			description: 'Gets one POST for each message. The test of this credential sends one of type "test", which shows nothing to anybody.',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { provider: ['webhook'] } },
			placeholder: 'e.g. the output of: openssl rand -hex 32',
			description: 'The app checks by it that a message comes from the shop: header X-Optical-Signature, "sha256=" and the HMAC-SHA256 of X-Optical-Timestamp, a point, and the body',
		},
	];

	/** Messages bring their own authorization; only the test is made here. */
	authenticate: IAuthenticate = async (credentials, request): Promise<IHttpRequestOptions> => {
		const { [TEST_HEADER]: isTest, ...headers } = { ...request.headers };
		if (isTest === undefined) return request;
		const now = new Date(Number(isTest)).toISOString();
		return { ...request, headers, ...(await testRequest(credentials, now)) };
	};

	/** Gets an access token, or sends the app's server a signed message of type "test". */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			url: '={{ $credentials.provider === "webhook" ? $credentials.url : "https://oauth2.googleapis.com/token" }}',
			headers: { [TEST_HEADER]: '={{ $now.toMillis() }}' },
		},
	};
}

async function testRequest(credentials: ICredentialDataDecryptedObject, now: string): Promise<Partial<IHttpRequestOptions>> {
	const settings = credentials as unknown as PushSettings;
	if (settings.provider === 'webhook') {
		const body = JSON.stringify({ type: 'test' });
		return { headers: signedHeaders(settings.secret, body, now, `test-${now}`), body };
	}
	const account = readServiceAccount(settings.serviceAccount);
	const assertion = await signedClaim(account, Math.floor(Date.parse(now) / 1000));
	const body = new URLSearchParams({ grant_type: GRANT_TYPE, assertion }).toString();
	return { url: account.tokenUri, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body };
}
