import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

export class OpticalSmtpApi implements ICredentialType {
	name = 'opticalSmtpApi';

	displayName = 'Optical SMTP API';

	icon: Icon = { light: 'file:../nodes/icons/smtp.svg', dark: 'file:../nodes/icons/smtp.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-optical-crm/n8n-nodes-optical-crm#credentials';

	properties: INodeProperties[] = [
		{ displayName: 'Host', name: 'host', type: 'string', default: '', required: true, placeholder: 'e.g. smtp.example.com' },
		{ displayName: 'Port', name: 'port', type: 'number', default: 465, required: true },
		{ displayName: 'User', name: 'user', type: 'string', default: '', placeholder: 'e.g. banco@ottica.example' },
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
		{
			displayName: 'Reply-To',
			name: 'replyTo',
			type: 'string',
			default: '',
			placeholder: 'e.g. banco@ottica.example',
			description: "Where answers go; to the shop's own e-mail address when empty",
		},
		{
			displayName: 'Bounce Address',
			name: 'bounceAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. bounce+*@ottica.example',
			description: "Where mail servers report what could not be delivered; to the shop's own e-mail address when empty. A star becomes the number of the message.",
		},
		{
			displayName: 'Sign with DKIM',
			name: 'dkim',
			type: 'boolean',
			default: false,
			description: 'Whether each message is signed here. Most mail providers do it themselves; then leave this off.',
		},
		{
			displayName: 'DKIM Domain',
			name: 'dkimDomain',
			type: 'string',
			default: '',
			placeholder: 'e.g. ottica.example',
			displayOptions: { show: { dkim: [true] } },
			description: 'The domain of the sender address',
		},
		{
			displayName: 'DKIM Selector',
			name: 'dkimSelector',
			type: 'string',
			default: '',
			placeholder: 'e.g. mail2026',
			displayOptions: { show: { dkim: [true] } },
			description: 'The part before ._domainkey in the name of the DNS record that holds the public key',
		},
		{
			displayName: 'DKIM Private Key',
			name: 'dkimPrivateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			displayOptions: { show: { dkim: [true] } },
			description: 'RSA key in PEM form, without a passphrase',
		},
		{
			displayName: 'Reports By',
			name: 'reportsBy',
			type: 'options',
			default: 'none',
			options: [
				{ name: 'Amazon SES', value: 'ses', description: 'By a topic at SNS. Let its notifications include the original headers, and subscribe the address with raw message delivery off.' },
				{ name: 'Brevo', value: 'brevo', description: 'By a transactional webhook with a bearer token' },
				{ name: 'Mailbox or Nobody', value: 'none', description: 'Bounces come to the bounce address, where Optical CRM > Mailbox > Read finds them' },
				{ name: 'Mailgun', value: 'mailgun', description: 'By webhooks for delivered, permanent failure, complaint and unsubscribe' },
			],
			description: 'Who tells of bounces and complaints, by a webhook to the Customer Reply Trigger: its production URL with ?from=email behind it',
		},
		{
			displayName: 'Webhook Token',
			name: 'reportSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { reportsBy: ['brevo'] } },
			placeholder: 'e.g. the output of: openssl rand -hex 32',
			description: 'The bearer token that the webhook at Brevo was made with. Where none can be entered, put &token= and this token behind the address.',
		},
		{
			displayName: 'Webhook Signing Key',
			name: 'reportSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { reportsBy: ['mailgun'] } },
			description: 'The HTTP webhook signing key of the account at Mailgun',
		},
		{
			displayName: 'Topic ARN',
			name: 'reportTopic',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { reportsBy: ['ses'] } },
			placeholder: 'e.g. arn:aws:sns:eu-south-1:123456789012:bounces',
			description: 'The topic that SES publishes to; no other is listened to',
		},
	];
}
