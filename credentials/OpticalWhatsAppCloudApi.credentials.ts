import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { GRAPH_URL, GRAPH_VERSION } from '../lib/channels/whatsApp/settings';

export class OpticalWhatsAppCloudApi implements ICredentialType {
	name = 'opticalWhatsAppCloudApi';

	displayName = 'Optical WhatsApp Cloud API';

	icon: Icon = { light: 'file:../nodes/icons/whatsApp.svg', dark: 'file:../nodes/icons/whatsApp.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-optical-crm/n8n-nodes-optical-crm#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Of a system user with the permissions whatsapp_business_messaging and whatsapp_business_management; one that does not expire',
		},
		{
			displayName: 'Phone Number ID',
			name: 'phoneNumberId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 106540352242922',
			description: 'Meta\'s ID of the shop\'s number, not the number itself',
		},
		{
			displayName: 'WhatsApp Business Account ID',
			name: 'wabaId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 102290129340398',
			description: 'The account that holds the message templates',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'From the app\'s basic settings. Proves that a webhook comes from Meta: without it, none is accepted.',
		},
		{
			displayName: 'Verify Token',
			name: 'verifyToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'A text of your own choice, to be entered at Meta with the address of the webhook',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: GRAPH_URL,
			required: true,
			description: 'Where Meta\'s Graph API is. Change it only for a stand-in.',
		},
		{
			displayName: 'Graph API Version',
			name: 'version',
			type: 'string',
			default: GRAPH_VERSION,
			required: true,
			description: 'Pinned, because each version changes what is sent back. Meta keeps a version for about two years.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.accessToken }}' } },
	};

	/** Asks for the shop's number; sends nothing. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.replace(/\\/+$/, "") }}',
			url: '=/{{ $credentials.version }}/{{ $credentials.phoneNumberId }}',
			qs: { fields: 'display_phone_number,quality_rating' },
		},
		rules: [
			{ type: 'responseCode', properties: { value: 400, message: 'Meta does not know this number. Check phone number ID and Graph API version.' } },
			{ type: 'responseCode', properties: { value: 401, message: 'Meta does not accept the access token. Make a new one of a system user.' } },
		],
	};
}
