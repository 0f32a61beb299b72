import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

export class OpticalCrmStoreApi implements ICredentialType {
	name = 'opticalCrmStoreApi';

	displayName = 'Optical CRM Store API';

	icon: Icon = { light: 'file:../nodes/icons/store.svg', dark: 'file:../nodes/icons/store.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-optical-crm/n8n-nodes-optical-crm#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Store File',
			name: 'file',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. /home/node/.n8n/optical-crm/store.db',
			description: 'Path of the file that holds the customers. It is made when it is missing. Keep it on a local disk, on one machine only.',
		},
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
			placeholder: 'e.g. the output of: openssl rand -hex 32',
			description:
				'Random text of at least 32 characters. It signs the links in messages and hashes suppressed addresses. Keep a copy and never change it: links in messages already sent depend on it.',
		},
	];
}
