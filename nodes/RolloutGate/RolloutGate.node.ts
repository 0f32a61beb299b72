import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { wholeNumber } from '../../lib/occasions/settings';
import { now } from '../shared/clock';
import { nodeError } from '../shared/errors';
import { outputItem, readBatch } from '../shared/items';
import { storeOfExecution } from '../shared/store';
import { gateItems } from './gateItems';

export class RolloutGate implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rollout Gate',
		name: 'rolloutGate',
		icon: { light: 'file:../icons/rollout.svg', dark: 'file:../icons/rollout.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["holdoutPercent"] + " % held out" }}',
		description: 'Lets go on what the shop\'s rollout has opened: step by step, unless a brake holds the campaign, and without those who are left out to compare',
		defaults: { name: 'Rollout Gate' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Open', 'Held'],
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		properties: [
			{
				displayName:
					'Next: connect <b>Open</b> to Consent Check; Held needs no node. Reads <b>customer</b> and <b>occasion</b> (its class says which step opens it), adds <b>rollout</b> with the reason of what is held. What waits for a step or for a held campaign comes again by itself when the lead opens the step, or resumes the campaign, on the Desk.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Holdout (%)',
				name: 'holdoutPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 50 },
				default: 10,
				description: 'How many of the customers who are due are not contacted, so that the report can say what the contact itself brings. Always the same ones for a campaign; 0 switches it off. Service messages go to everybody.',
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const store = await storeOfExecution(this);
		const { work, failed, fail } = readBatch(this, ['customer', 'occasion']);
		const open: INodeExecutionData[] = [];
		const held: INodeExecutionData[] = [];
		try {
			const percent = this.getNodeParameter('holdoutPercent', 0, 10) as number;
			wholeNumber('"Holdout (%)"', percent, 0, 50);
			const answers = await gateItems(store, work.map(({ item }) => item), percent / 100, now());
			answers.forEach((answer, position) => {
				if (answer instanceof Error) return fail(work[position].index, answer);
				const { occasion, held: reason } = answer;
				if (reason === undefined) open.push(outputItem(work[position], { occasion }));
				else held.push(outputItem(work[position], { occasion, rollout: { held: reason } }));
			});
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
		// What could not be looked up does not go on.
		return [open, [...held, ...failed]];
	}
}
