import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

const POSTGRES: INodeProperties[] = [
	{ displayName: 'Host', name: 'host', type: 'string', default: '', required: true, placeholder: 'e.g. db.ottica.example' },
	{ displayName: 'Port', name: 'port', type: 'number', default: 5432 },
	{ displayName: 'Database Name', name: 'name', type: 'string', default: '', required: true, placeholder: 'e.g. optical_crm' },
	{ displayName: 'User', name: 'user', type: 'string', default: '', required: true, placeholder: 'e.g. optical_crm' },
	{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '' },
	{
		displayName: 'Schema',
		name: 'schema',
		type: 'string',
		default: 'optical_crm',
		description: 'The tables are kept in a schema of their own, which is made when it is missing: the database may be one that other programs use too',
	},
	{
		displayName: 'TLS',
		name: 'tls',
		type: 'options',
		default: 'verify',
		options: [
			{ name: 'Check the Certificate', value: 'verify', description: 'Encrypted, and the server proves who it is' },
			{ name: 'Encrypt Only', value: 'require', description: 'Encrypted, with any certificate: somebody in between could read along' },
			{ name: 'Off', value: 'off', description: 'For a server on the same machine' },
		],
	},
	{
		displayName: 'Certificate of the Authority',
		name: 'ca',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		displayOptions: { show: { tls: ['verify'] } },
		placeholder: '-----BEGIN CERTIFICATE-----',
		description: 'In PEM, where the certificate of the server comes from an authority of your own. Empty: those that every browser knows.',
	},
].map((property) => ({ ...property, displayOptions: { show: { database: ['postgres'], ...property.displayOptions?.show } } }) as INodeProperties);

export class OpticalCrmStoreApi implements ICredentialType {
	name = 'opticalCrmStoreApi';

	displayName = 'Optical CRM Store API';

	icon: Icon = { light: 'file:../nodes/icons/store.svg', dark: 'file:../nodes/icons/store.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-optical-crm/n8n-nodes-optical-crm#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Database',
			name: 'database',
			type: 'options',
			default: 'file',
			options: [
				{ name: 'Embedded File', value: 'file', description: 'One n8n process on one machine' },
				{ name: 'PostgreSQL', value: 'postgres', description: 'Any number of processes: needed for queue mode' },
			],
		},
		{
			displayName: 'Store File',
			name: 'file',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { database: ['file'] } },
			placeholder: 'e.g. /home/node/.n8n/optical-crm/store.db',
			description: 'Path of the file that holds the customers. It is made when it is missing. Keep it on a local disk, on one machine only.',
		},
		...POSTGRES,
		{
			displayName: 'Shop Code',
			name: 'shop',
			type: 'string',
			default: 'main',
			required: true,
			description: 'Short name of the shop that works with this credential. One store can hold several shops; each sees its own customers only.',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'At least 32 random characters, e.g. of: openssl rand -hex 32',
			description:
				'Random text of at least 32 characters. It signs the links in messages and hashes suppressed addresses. Keep a copy and never change it: links in messages already sent depend on it.',
		},
	];
}
