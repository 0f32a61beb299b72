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
import { storeOf } from '../shared/store';
import { checkConsent } from '../shared/checkConsent';

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
		properties: [
			{
				displayName:
					'Reads <b>customer</b> and <b>occasion</b>, adds <b>decision</b> with its reason code. Every decision is recorded. The rules are the shop\'s own safe reading of the law, not legal advice.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Channels',
				name: 'channels',
				type: 'multiOptions',
				default: ['email'],
				options: [{ name: 'E-Mail', value: 'email' }],
				description: 'Channels to try, in this order. The first one that is allowed is chosen.',
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const store = await storeOf(this);
		const { work, failed, fail } = readBatch(this, ['customer', 'occasion']);
		const channels = this.getNodeParameter('channels', 0, ['email']) as Channel[];
		const allowed: INodeExecutionData[] = [];
		const blocked: INodeExecutionData[] = [];
		try {
			const answers = await checkConsent(store, work.map(({ item }) => item), channels, now());
			answers.forEach((answer, position) => {
				if (answer instanceof Error) return fail(work[position].index, answer);
				const output = answer.decision.outcome === 'allow' ? allowed : blocked;
				output.push(outputItem(work[position], answer));
			});
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
		// What could not be checked is not allowed.
		return [allowed, [...blocked, ...failed]];
	}
}
