import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

export class OpticalCrmDeskApi implements ICredentialType {
	name = 'opticalCrmDeskApi';

	displayName = 'Optical CRM Desk API';

	icon: Icon = { light: 'file:../nodes/icons/desk.svg', dark: 'file:../nodes/icons/desk.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-optical-crm/n8n-nodes-optical-crm#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Staff Accounts',
			name: 'accounts',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Account',
			default: {},
			description: 'Who may open the Desk. Each member of staff has an account, so that the history tells who decided what.',
			options: [
				{
					displayName: 'Account',
					name: 'account',
					values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. chiara' },
						{
							displayName: 'Password',
							name: 'password',
							type: 'string',
							typeOptions: { password: true },
							default: '',
							description: 'At least 10 characters',
						},
						{
							displayName: 'Role',
							name: 'role',
							type: 'options',
							options: [
								{ name: 'Lead', value: 'lead', description: 'Also decides on the rollout, sees the figures and looks after the accounts' },
								{ name: 'Staff', value: 'staff', description: 'Runs the day: approves, telephones, prints, answers' },
							],
							default: 'staff',
							description: 'What this person may do on the Desk',
						},
					],
				},
			],
		},
		{
			displayName: 'Metrics Token',
			name: 'metricsToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Lets Prometheus fetch metrics at the address of the Desk with ?metrics=1 behind it, sending this token as "Authorization: Bearer". At least 20 characters, for example the output of "openssl rand -hex 32". Empty: there are no metrics.',
		},
	];
}
