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
import { answerRefusal } from './refusals';

export class CustomerReplyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer Reply Trigger',
		name: 'customerReplyTrigger',
		icon: { light: 'file:../icons/reply.svg', dark: 'file:../icons/reply.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'refusal links',
		description: 'Serves the page behind the refusal links, withdraws consents, and starts the workflow when a customer refuses',
		defaults: { name: 'Customer Reply Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'customer', isFullPath: false },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'customer', isFullPath: false },
		],
		triggerPanel: {
			header: 'Refusal links lead here',
			executionsHelp: {
				inactive: 'Publish the workflow, then enter its Production URL with Optical CRM > Shop > Create or Update > Customer Page URL.',
				active: 'The page is open. Its Production URL belongs into Optical CRM > Shop > Create or Update > Customer Page URL.',
			},
			activationHint: 'Once the workflow is published, refusal links in messages lead to its Production URL.',
		},
		properties: [
			{
				displayName:
					'Enter the <b>Production URL</b> of this node as the shop\'s <b>Customer Page URL</b>. Opening a link changes nothing; only the button (a POST), or the mailbox\'s own unsubscribe button, withdraws.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
		],
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const make = async () => {
			const { page, reply } = await answerRefusal(await storeOf(this), readRequest(this), now());
			return { page, items: reply ? [{ json: reply as unknown as IDataObject }] : [] };
		};
		return await answer(this, make, () => renderRefusalTrouble({ language: 'it', shop: { name: '' } }));
	}
}
