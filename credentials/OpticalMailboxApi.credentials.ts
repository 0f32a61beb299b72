import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

export class OpticalMailboxApi implements ICredentialType {
	name = 'opticalMailboxApi';

	displayName = 'Optical Mailbox API';

	icon: Icon = { light: 'file:../nodes/icons/smtp.svg', dark: 'file:../nodes/icons/smtp.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-optical-crm/n8n-nodes-optical-crm#credentials';

	properties: INodeProperties[] = [
		{ displayName: 'Host', name: 'host', type: 'string', default: '', required: true, placeholder: 'e.g. imap.example.com' },
		{ displayName: 'Port', name: 'port', type: 'number', default: 993, required: true },
		{ displayName: 'User', name: 'user', type: 'string', default: '', required: true, placeholder: 'e.g. bounce@ottica.example' },
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '', required: true },
		{
			displayName: 'SSL/TLS',
			name: 'secure',
			type: 'boolean',
			default: true,
			description: 'Whether the connection is encrypted from the first byte, as on port 993. Otherwise STARTTLS is used where the server offers it.',
		},
		{ displayName: 'Folder', name: 'folder', type: 'string', default: 'INBOX', description: 'Where bounces and answers come in' },
	];
}
