import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { UFFICIO_POSTALE_URL } from '../lib/channels/letter/ufficioPostale';

export class OpticalLetterApi implements ICredentialType {
	name = 'opticalLetterApi';

	displayName = 'Optical Letter API';

	icon: Icon = { light: 'file:../nodes/icons/post.svg', dark: 'file:../nodes/icons/post.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-optical-crm/n8n-nodes-optical-crm#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Of Openapi "Ufficio Postale", with the scopes GET, POST and PATCH of the product, and GET of pricing',
		},
		{
			displayName: 'Product',
			name: 'product',
			type: 'options',
			default: 'prioritarie',
			options: [
				{ name: 'Posta 4 Pro', value: 'posta_4_pro' },
				{ name: 'Posta Massiva', value: 'posta_massiva' },
				{ name: 'Posta Ordinaria', value: 'ordinarie' },
				{ name: 'Posta Prioritaria', value: 'prioritarie' },
				{ name: 'Raccomandata', value: 'raccomandate' },
				{ name: 'Raccomandata Smart', value: 'raccomandate_smart' },
			],
		},
		{ displayName: 'Colour', name: 'colour', type: 'boolean', default: false, description: 'Whether letters are printed in colour' },
		{ displayName: 'Both Sides', name: 'duplex', type: 'boolean', default: false, description: 'Whether letters are printed on both sides of the sheet' },
		{
			displayName: 'Price of a Letter (Euro Cents)',
			name: 'priceCents',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 1 },
			default: 0,
			description: 'What the provider takes for a letter, for the report. 0: not known.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: UFFICIO_POSTALE_URL,
			required: true,
			description: 'For a rehearsal: https://test.ws.ufficiopostale.com, which prints nothing',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.token }}' } },
	};

	/** Asks for the price list; orders nothing. */
	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl.replace(/\\/+$/, "") }}', url: '/pricing/' },
	};
}
