import {
	NodeConnectionTypes,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { Channel } from '../../lib/channels/channel';
import type { SmtpSettings } from '../../lib/channels/smtpSettings';
import { shopToday } from '../../lib/domain/shop';
import { endMessages } from '../../lib/store/endMessages';
import { markUncertain } from '../../lib/store/sending';
import { now } from '../shared/clock';
import { nodeError } from '../shared/errors';
import { readBatch } from '../shared/items';
import { storeOf } from '../shared/store';
import { itemResults, sweepResults } from './results';
import { sendMessages, type SendSettings } from '../shared/sendMessages';
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
			{ name: 'opticalSmtpApi', displayName: 'Mail Server', required: true, testedBy: 'smtpAnswers' },
			{ name: 'opticalPushApi', displayName: 'App Push', required: false },
			{ name: 'opticalLetterApi', displayName: 'Letter Provider', required: false },
			{ name: 'opticalSmsApi', displayName: 'SMS Provider', required: false },
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
				displayName:
					'A message whose sending was cut off is never sent again by itself: it becomes <b>uncertain</b> and waits on the Desk.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'At Once',
						name: 'parallel',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: 20 },
						default: 5,
						description: 'How many messages are under way at the same time. After a crash, at most so many are uncertain.',
					},
					{
						displayName: 'Most for Each Run',
						name: 'most',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 500,
						description: 'How many messages one execution sends at the most. The others stay approved.',
					},
					{
						displayName: 'Uncertain After (Minutes)',
						name: 'leaseMinutes',
						type: 'number',
						typeOptions: { minValue: 2, maxValue: 60 },
						default: 2,
						description: 'How long a sending may last before it counts as uncertain',
					},
				],
			},
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
		const smtp = await this.getCredentials<SmtpSettings & IDataObject>('opticalSmtpApi');
		const settings: SendSettings = { parallel: 5, most: 500, leaseMinutes: 2, ...(this.getNodeParameter('options', 0, {}) as Partial<SendSettings>) };
		const ofItems = this.getNodeParameter('operation', 0) === 'sendItems';
		const batch = ofItems ? readBatch(this, ['message']) : undefined;
		const ids = batch?.work.map(({ item }) => item.message?.id as number);
		const { emailChannel } = await import('../../lib/channels/email');
		let channel: Channel | undefined;
		try {
			channel = emailChannel(smtp, settings.parallel);
			const overdue = await markUncertain(store, now());
			await endMessages(store, shopToday(store.shop, now()), now());
			const results = await sendMessages(store, 'email', channel, { ...settings, ids }, now);
			return batch ? await itemResults(store, batch, results) : sweepResults(results, overdue);
		} catch (error) {
			throw nodeError(this.getNode(), error);
		} finally {
			await channel?.close();
		}
	}
}
