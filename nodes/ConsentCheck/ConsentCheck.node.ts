import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { Channel } from '../../lib/domain/glossary';
import { now } from '../shared/clock';
import { nodeError } from '../shared/errors';
import { outputItem, readBatch } from '../shared/items';
import { CHANNEL_OPTIONS, CLASS_OPTIONS } from '../shared/options';
import { storeOfExecution } from '../shared/store';
import { checkConsent, type CheckSettings } from '../shared/checkConsent';
import { givenParts, namedCustomers } from './givenParts';
import { tableRows } from './tableRows';

export class ConsentCheck implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Consent Check',
		name: 'consentCheck',
		icon: { light: 'file:../icons/consent.svg', dark: 'file:../icons/consent.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["channels"].join(", ") }}',
		description: 'Decides by law and by the shop\'s rules whether, and on which channel, a customer may be contacted',
		defaults: { name: 'Consent Check' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Allowed', 'Blocked'],
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		hints: [
			{
				message: 'To look at the decisions, choose Options > Show > Table: one flat row for each channel that was tried.',
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'afterExecution',
				displayCondition: '={{ $parameter["options"]["show"] !== "table" }}',
			},
		],
		properties: [
			{
				displayName:
					'Next: connect <b>Allowed</b> to Personalize Message; Blocked needs no node. Reads <b>customer</b> and <b>occasion</b> (its class and kind say what the message is for; under Options, a list of customer IDs will do), adds <b>decision</b> with its reason code. Every decision is recorded. The rules are the shop\'s own safe reading of the law, not legal advice.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Channels',
				name: 'channels',
				type: 'multiOptions',
				default: ['email'],
				options: CHANNEL_OPTIONS,
				description: 'Channels that may be used, in the order in which you choose them. Each needs a consent of its own.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Asks for Consent',
						name: 'asksForConsent',
						type: 'boolean',
						default: false,
						description: 'Whether the message asks for a consent to marketing: by e-mail, SMS or WhatsApp it then needs one itself',
					},
					{
						displayName: 'Choose Channel By',
						name: 'choice',
						type: 'options',
						default: 'score',
						options: [
							{ name: 'Order of the Channels', value: 'listed', description: 'The first that is allowed' },
							{ name: 'Reach and Cost', value: 'score', description: 'Of those allowed the best by reach, cost (staff time included) and earlier answers' },
						],
						description: 'How to choose between channels that are allowed. A channel that the customer asked for always goes first.',
					},
					{
						displayName: 'Chosen by Health Data',
						name: 'usesHealth',
						type: 'boolean',
						default: false,
						description: 'Whether a prescription or an eye condition decides who is among the items: then each needs an explicit consent to that',
					},
					{
						displayName: 'Fall Back to Another Channel',
						name: 'fallback',
						type: 'boolean',
						default: false,
						description: 'Whether another channel may be used when the one that the customer asked for is not allowed',
					},
					{
						displayName: 'Own List: Class',
						name: 'class',
						type: 'options',
						default: 'promotional',
						options: CLASS_OPTIONS,
						description: 'What the messages are for; goes with the kind',
					},
					{
						displayName: 'Own List: Customer ID',
						name: 'customerId',
						type: 'string',
						default: '',
						placeholder: 'e.g. {{ $json.ID }}',
						description: 'The ID in the store of the customer to ask about, for a list of your own. Name and language are added from the store.',
					},
					{
						displayName: 'Own List: Kind',
						name: 'kind',
						type: 'string',
						default: '',
						placeholder: 'e.g. campaign.spring',
						description: 'With a class it makes an occasion of today for items that have none',
					},
					{
						displayName: 'Show',
						name: 'show',
						type: 'options',
						default: 'items',
						options: [
							{ name: 'Items', value: 'items', description: 'The items with their decision, for the next nodes' },
							{ name: 'Table', value: 'table', description: 'One flat row for each channel that was tried, to look at' },
						],
						description: 'What comes out. The table is for looking at only: later nodes need the items.',
					},
				],
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const store = await storeOfExecution(this);
		const { work: read, failed, fail } = readBatch(this, ['customer', 'occasion'], givenParts(this, store, now()));
		const work = await namedCustomers(store, read);
		const channels = this.getNodeParameter('channels', 0, ['email']) as Channel[];
		const { show, customerId: _customerId, kind: _kind, class: _class, ...options } = { choice: 'score', show: 'items', ...(this.getNodeParameter('options', 0, {}) as Partial<CheckSettings> & { show?: string; customerId?: string; kind?: string; class?: string }) } as const;
		const allowed: INodeExecutionData[] = [];
		const blocked: INodeExecutionData[] = [];
		try {
			const answers = await checkConsent(store, work.map(({ item }) => item), { channels, ...options }, now());
			answers.forEach((answer, position) => {
				if (answer instanceof Error) return fail(work[position].index, answer);
				const output = answer.decision.outcome === 'allow' ? allowed : blocked;
				if (show === 'table') output.push(...tableRows(work[position], answer));
				else output.push(outputItem(work[position], answer));
			});
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
		// What could not be checked is not allowed.
		return [allowed, [...blocked, ...failed]];
	}
}
