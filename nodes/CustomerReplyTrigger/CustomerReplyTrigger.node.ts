import {
	NodeConnectionTypes,
	type IDataObject,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { renderRefusalTrouble } from '../../lib/replies/refusal';
import { now } from '../shared/clock';
import { storeOf } from '../shared/store';
import { answer, readRequest } from '../shared/web';
import { answerOptIn, isOptIn } from './optIns';
import { answerProvider, providerOf, providerTrouble } from './providers';
import { answerRefusal } from './refusals';
import { answerSurvey, isSurvey } from './surveys';

export class CustomerReplyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer Reply Trigger',
		name: 'customerReplyTrigger',
		icon: { light: 'file:../icons/reply.svg', dark: 'file:../icons/reply.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ ["links"].concat($parameter["channels"]).join(", ") }}',
		description: 'Serves the page behind the links in messages, withdraws and grants consents, and hears what customers and providers answer, and starts the workflow with it',
		defaults: { name: 'Customer Reply Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true },
			{ name: 'opticalSmtpApi', displayName: 'Mail Server', required: true, displayOptions: { show: { channels: ['email'] } } },
			{ name: 'opticalSmsApi', displayName: 'SMS Provider', required: true, displayOptions: { show: { channels: ['sms'] } } },
			{ name: 'opticalWhatsAppCloudApi', displayName: 'WhatsApp Account', required: true, displayOptions: { show: { channels: ['whatsapp'] } } },
		],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'customer', isFullPath: false },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'customer', isFullPath: false },
		],
		triggerPanel: {
			header: 'What customers answer comes in here',
			executionsHelp: {
				inactive: 'Publish the workflow, then enter its Production URL with Optical CRM > Shop > Create or Update > Customer Page URL.',
				active: 'The page is open. Its Production URL belongs into Optical CRM > Shop > Create or Update > Customer Page URL.',
			},
			activationHint: 'Once the workflow is published, the links in messages lead to its Production URL.',
		},
		properties: [
			{
				displayName:
					'Enter the <b>Production URL</b> of this node as the shop\'s <b>Customer Page URL</b>. Opening a link changes nothing; only the button (a POST), or the mailbox\'s own unsubscribe button, withdraws. The same page serves the links of Optical CRM > Consent > Request Opt-In, where only the button grants.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Also Listen To',
				name: 'channels',
				type: 'multiOptions',
				options: [
					{ name: 'E-Mail Provider', value: 'email', description: 'Bounces, complaints and deliveries, told by Brevo, Mailgun or Amazon SES. Choose it in the credential, and enter the production URL with ?from=email behind it at the provider.' },
					{ name: 'SMS Provider', value: 'sms', description: 'Delivery reports and answers. Enter the production URL with ?from=sms behind it in the credential, and at the provider.' },
					{ name: 'WhatsApp Cloud API', value: 'whatsapp', description: 'Answers, delivery states, preferences and what Meta says of templates. Enter the production URL with ?from=whatsapp behind it at Meta, with the verify token of the credential.' },
				],
				default: [],
				description: 'Providers that call this node with what comes back. Each call has to prove where it comes from. Answers by e-mail, and bounces where no provider tells them, are read by Optical CRM > Mailbox > Read.',
			},
		],
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const provider = providerOf(this.getQueryData());
		if (provider) return await answer(this, async () => await answerProvider(this, provider, await storeOf(this), now()), providerTrouble);
		const make = async () => {
			const request = readRequest(this);
			const answerOf = isOptIn(request) ? answerOptIn : isSurvey(request) ? answerSurvey : answerRefusal;
			const { page, reply } = await answerOf(await storeOf(this), request, now());
			return { page, items: reply ? [{ json: reply as unknown as IDataObject }] : [] };
		};
		return await answer(this, make, () => renderRefusalTrouble({ language: 'it', shop: { name: '' } }));
	}
}
