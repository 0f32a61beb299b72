import type { IAuthenticate, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties, Icon } from 'n8n-workflow';
import { loginHeaders } from '../lib/channels/sms/login';
import { SMS_BASE_URLS, type SmsSettings } from '../lib/channels/sms/settings';

const forProvider = (provider: string, properties: INodeProperties[]) =>
	properties.map((property) => ({ ...property, displayOptions: { show: { provider: [provider] } } }) as INodeProperties);

const TWILIO: INodeProperties[] = [
	{ displayName: 'Account SID', name: 'accountSid', type: 'string', default: '', required: true, placeholder: 'e.g. AC0123456789abcdef0123456789abcdef' },
	{
		displayName: 'Auth Token',
		name: 'authToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description: 'The main token of the account: it also proves that reports and answers come from Twilio',
	},
	{ displayName: 'Messaging Service SID', name: 'messagingServiceSid', type: 'string', default: '', description: 'If set, the service chooses the sender' },
	{ displayName: 'Highest Price of a Message (USD)', name: 'maxPrice', type: 'number', default: 0, description: 'A message that would cost more is not sent. 0: no limit.' },
];

const SKEBBY: INodeProperties[] = [
	{ displayName: 'User', name: 'user', type: 'string', default: '', required: true },
	{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '', required: true },
	{
		displayName: 'Quality',
		name: 'quality',
		type: 'options',
		default: 'GP',
		options: [
			{ name: 'High, with Delivery Report (GP)', value: 'GP' },
			{ name: 'Medium (TI)', value: 'TI', description: 'Without delivery report' },
			{ name: 'Low (SI)', value: 'SI', description: 'Without delivery report, and without the sender name of the shop' },
		],
	},
];

const SMSHOSTING: INodeProperties[] = [
	{ displayName: 'Auth Key', name: 'authKey', type: 'string', typeOptions: { password: true }, default: '', required: true },
	{ displayName: 'Auth Secret', name: 'authSecret', type: 'string', typeOptions: { password: true }, default: '', required: true },
	{ displayName: 'Sandbox', name: 'sandbox', type: 'boolean', default: false, description: 'Whether the provider only checks the messages, and sends nothing' },
];

const BREVO: INodeProperties[] = [{ displayName: 'API Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, default: '', required: true }];

const GENERIC: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		default: 'POST',
		options: [
			{ name: 'GET', value: 'GET' },
			{ name: 'POST', value: 'POST' },
			{ name: 'PUT', value: 'PUT' },
		],
	},
	{ displayName: 'URL', name: 'url', type: 'string', default: '', required: true, placeholder: 'e.g. https://sms.example.com/messages' },
	{
		displayName: 'Send As',
		name: 'sendAs',
		type: 'options',
		default: 'json',
		options: [
			{ name: 'Form', value: 'form' },
			{ name: 'JSON', value: 'json' },
			{ name: 'Query', value: 'query' },
		],
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'json',
		default: '{\n  "to": "{{to}}",\n  "text": "{{text}}",\n  "from": "{{from}}"\n}',
		required: true,
		description: 'A JSON object with placeholders: to (with +), toDigits (without), text, from, ID, callback (the address for reports, its secret included)',
	},
	{ displayName: 'Header Name', name: 'headerName', type: 'string', default: '', placeholder: 'e.g. Authorization', description: 'The header by which the provider knows the account' },
	{ displayName: 'Header Value', name: 'headerValue', type: 'string', typeOptions: { password: true }, default: '', placeholder: 'e.g. Bearer ...' },
	{ displayName: 'Test URL', name: 'testUrl', type: 'string', default: '', required: true, description: 'An address that answers 200 to a right login and sends nothing, such as that of the account. The test of this credential calls it.' },
	{ displayName: 'Accepted Statuses', name: 'acceptedStatuses', type: 'string', default: '200, 201, 202', description: 'HTTP statuses that mean that the message was taken' },
	{ displayName: 'Path of Success', name: 'okPath', type: 'string', default: '', placeholder: 'e.g. result', description: 'Where an answer tells whether the message was taken, if the status alone does not' },
	{ displayName: 'Values of Success', name: 'okValues', type: 'string', default: '', placeholder: 'e.g. OK, queued' },
	{ displayName: 'Path of the Message ID', name: 'idPath', type: 'string', default: '', placeholder: 'e.g. data.0.id', description: 'Empty: reports name the message by the placeholder ID' },
	{ displayName: 'Path of the Error Code', name: 'errorPath', type: 'string', default: '', placeholder: 'e.g. error.code' },
	{ displayName: 'Error Codes of Wrong Numbers', name: 'unreachableCodes', type: 'string', default: '', description: 'Numbers that will never work, separated by commas' },
	{ displayName: 'Report: Path of the Message ID', name: 'reportIdPath', type: 'string', default: '', placeholder: 'e.g. ID' },
	{ displayName: 'Report: Path of the Status', name: 'reportStatusPath', type: 'string', default: '', placeholder: 'e.g. status' },
	{ displayName: 'Report: Values of Delivered', name: 'deliveredValues', type: 'string', default: '', placeholder: 'e.g. DELIVERED' },
	{ displayName: 'Report: Values of Failed', name: 'failedValues', type: 'string', default: '', placeholder: 'e.g. EXPIRED, REJECTED' },
	{ displayName: 'Report: Values of Wrong Numbers', name: 'permanentValues', type: 'string', default: '', placeholder: 'e.g. UNKNOWN_NUMBER' },
	{ displayName: 'Answer: Path of the Number', name: 'replyFromPath', type: 'string', default: '', placeholder: 'e.g. from' },
	{ displayName: 'Answer: Path of the Text', name: 'replyTextPath', type: 'string', default: '', placeholder: 'e.g. text' },
	{ displayName: 'Answer: Path of the Receiving Number', name: 'replyToPath', type: 'string', default: '', placeholder: 'e.g. to' },
	{ displayName: 'Answer: Path of Its ID', name: 'replyIdPath', type: 'string', default: '', placeholder: 'e.g. ID' },
];

export class OpticalSmsApi implements ICredentialType {
	name = 'opticalSmsApi';

	displayName = 'Optical SMS API';

	icon: Icon = { light: 'file:../nodes/icons/sms.svg', dark: 'file:../nodes/icons/sms.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-optical-crm/n8n-nodes-optical-crm#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Provider',
			name: 'provider',
			type: 'options',
			default: 'skebby',
			options: [
				{ name: 'Brevo', value: 'brevo' },
				{ name: 'Other, Described by Fields', value: 'generic', description: 'Any provider with an HTTP API' },
				{ name: 'Skebby', value: 'skebby' },
				{ name: 'Smshosting', value: 'smshosting' },
				{ name: 'Twilio', value: 'twilio' },
			],
		},
		...forProvider('twilio', TWILIO),
		...forProvider('skebby', SKEBBY),
		...forProvider('smshosting', SMSHOSTING),
		...forProvider('brevo', BREVO),
		...forProvider('generic', GENERIC),
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			displayOptions: { hide: { provider: ['generic'] } },
			placeholder: 'usually empty',
			description: "Empty: the provider's own address",
		},
		{
			displayName: 'Sender Number',
			name: 'senderNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. +393331234567',
			description: 'A number of yours at the provider that can receive answers. Empty: SMS come from the sender name of the shop, which nobody can answer.',
		},
		{
			displayName: 'Address for Reports and Answers',
			name: 'webhookUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.ottica.example/webhook/...',
			description: 'Where the provider sends delivery reports and answers: an address of the Customer Reply Trigger. Empty: nothing comes back.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { hide: { provider: ['twilio'] } },
			placeholder: 'e.g. the output of: openssl rand -hex 32',
			description: 'Proves that reports come from the provider. In its panel, enter the address above with ?token= and this secret after it.',
		},
		{
			displayName: 'Price of a Part (Euro Cents)',
			name: 'centsPerSegment',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 3 },
			default: 0,
			description: 'What the provider takes for one part of an SMS, for the report. 0: not known.',
		},
	];

	authenticate: IAuthenticate = async (credentials, request): Promise<IHttpRequestOptions> => ({
		...request,
		headers: { ...request.headers, ...loginHeaders(credentials as unknown as SmsSettings, `${request.baseURL ?? ''}${request.url}`) },
	});

	/** Asks for the account, or logs in; sends nothing. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.provider === "generic" ? $credentials.testUrl : ($credentials.baseUrl || ${JSON.stringify(SMS_BASE_URLS)}[$credentials.provider]).replace(/\\/+$/, "") }}`,
			url: '={{ ({ "twilio": "/2010-04-01/Accounts/" + $credentials.accountSid + ".json", "skebby": "/API/v1.0/REST/login", "smshosting": "/rest/api/user", "brevo": "/v3/account" })[$credentials.provider] || "" }}',
		},
		rules: [{ type: 'responseCode', properties: { value: 404, message: 'The provider does not know this account. Check user and password, and the base URL.' } }],
	};
}
