import {
	NodeConnectionTypes,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IExecuteFunctions,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { Channel as ChannelName } from '../../lib/domain/glossary';
import { shopToday } from '../../lib/domain/shop';
import { endMessages } from '../../lib/store/endMessages';
import { markUncertain } from '../../lib/store/sending';
import { now } from '../shared/clock';
import { nodeError } from '../shared/errors';
import { readBatch } from '../shared/items';
import { storeOf } from '../shared/store';
import { CHANNEL_ENTRIES } from './channels';
import { OPTIONS } from './options';
import { itemResults, sweepResults } from './results';
import { leaveOnPhone, PHONE, sendOnAll, type NodeOptions } from './sendOnAll';
import { testSmtp } from './testSmtp';

export class SendMessage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Send Message',
		name: 'sendMessage',
		icon: { light: 'file:../icons/send.svg', dark: 'file:../icons/send.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] === "sendApproved" ? "whatever is approved" : "the messages of the items" }}',
		description: 'Sends approved messages, each once, after a fresh consent check',
		defaults: { name: 'Send Message' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Sent', 'Not Sent'],
		credentials: [
			{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true },
			{ name: 'opticalSmtpApi', displayName: 'Mail Server', required: true, testedBy: 'smtpAnswers', displayOptions: { show: { channels: ['email'] } } },
			{ name: 'opticalSmsApi', displayName: 'SMS Provider', required: true, displayOptions: { show: { channels: ['sms'] } } },
			{ name: 'opticalWhatsAppCloudApi', displayName: 'WhatsApp', required: true, displayOptions: { show: { channels: ['whatsapp'] } } },
			{ name: 'opticalPushApi', displayName: 'App Push', required: true, displayOptions: { show: { channels: ['push'] } } },
			{ name: 'opticalLetterApi', displayName: 'Letter Provider', required: true, displayOptions: { show: { channels: ['letter'] } } },
		],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'sendItems',
				options: [
					{
						name: 'Send Messages of Items',
						value: 'sendItems',
						action: 'Send the messages of the items',
						description: 'Send the message that each item names, if it is approved',
					},
					{
						name: 'Send Whatever Is Approved',
						value: 'sendApproved',
						action: 'Send whatever is approved',
						description: 'Send all approved messages of the shop, also those that an interrupted execution left behind',
					},
				],
			},
			{
				displayName: 'Channels',
				name: 'channels',
				type: 'multiOptions',
				options: [
					...CHANNEL_ENTRIES.map(({ channel, displayName }) => ({ name: displayName, value: channel })),
					{ name: 'WhatsApp Linked Device', value: PHONE, description: 'Left for the WhatsApp Linked Device Trigger of the shop, which sends it in its time' },
				],
				default: ['email'],
				description: 'On which channels this node sends; each asks for its credential above. Messages on other channels stay as they are: letters that the shop prints and calls leave from the Desk.',
			},
			{
				displayName:
					'A message whose sending was cut off is never sent again by itself: it becomes <b>uncertain</b> and waits on the Desk.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			OPTIONS,
		],
	};

	methods = {
		credentialTest: {
			async smtpAnswers(this: ICredentialTestFunctions, credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>): Promise<INodeCredentialTestResult> {
				return await testSmtp(credential.data);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const store = await storeOf(this);
		const chosen = this.getNodeParameter('channels', 0, ['email']) as ChannelName[];
		const entries = CHANNEL_ENTRIES.filter(({ channel }) => chosen.includes(channel));
		const options = this.getNodeParameter('options', 0, {}) as NodeOptions;
		const ofItems = this.getNodeParameter('operation', 0) === 'sendItems';
		const batch = ofItems ? readBatch(this, ['message']) : undefined;
		const ids = batch?.work.map(({ item }) => item.message?.id as number);
		try {
			const overdue = await markUncertain(store, now());
			await endMessages(store, shopToday(store.shop, now()), now());
			const runs = await sendOnAll(this, store, entries, options, ids);
			if (chosen.includes(PHONE)) runs.push(await leaveOnPhone(store, ids));
			return batch ? await itemResults(store, batch, runs) : sweepResults(runs, overdue);
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	}
}
