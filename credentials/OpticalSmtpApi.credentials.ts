import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

export class OpticalSmtpApi implements ICredentialType {
	name = 'opticalSmtpApi';

	displayName = 'Optical SMTP API';

	icon: Icon = { light: 'file:../nodes/icons/smtp.svg', dark: 'file:../nodes/icons/smtp.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-optical-crm/n8n-nodes-optical-crm#credentials';

	properties: INodeProperties[] = [
		{ displayName: 'Host', name: 'host', type: 'string', default: '', required: true, placeholder: 'e.g. smtp.example.com' },
		{ displayName: 'Port', name: 'port', type: 'number', default: 465, required: true },
		{ displayName: 'User', name: 'user', type: 'string', default: '' },
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '' },
		{
			displayName: 'SSL/TLS',
			name: 'secure',
			type: 'boolean',
			default: true,
			description: 'Whether the connection is encrypted from the first byte, as on port 465. Otherwise STARTTLS is used where the server offers it.',
		},
		{
			displayName: 'Require STARTTLS',
			name: 'requireTls',
			type: 'boolean',
			default: true,
			displayOptions: { show: { secure: [false] } },
			description: 'Whether to refuse a server that offers no encryption. Switch off only for a server on this very machine.',
		},
	];
}
