import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

export class OpticalLinkedDeviceApi implements ICredentialType {
	name = 'opticalLinkedDeviceApi';

	displayName = 'Optical Linked Device API';

	icon: Icon = { light: 'file:../nodes/icons/phone.svg', dark: 'file:../nodes/icons/phone.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-optical-crm/n8n-nodes-optical-crm#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. the output of: openssl rand -hex 32',
			description: 'Encrypts the keys of the session in the store: a random text of at least 32 characters, for example of "openssl rand -hex 32". With another secret the phone has to be linked anew.',
		},
		{
			displayName: 'Address',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'usually empty',
			description: 'Leave it empty: then it is WhatsApp\'s own. Only addresses with wss:// are taken, or a stand-in on this machine.',
		},
	];
}
