import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { CrmError } from '../../lib/domain/errors';
import type { Approval } from '../../lib/store/messages';
import { now } from '../shared/clock';
import { nodeError } from '../shared/errors';
import { outputItem, readBatch } from '../shared/items';
import { storeOfExecution } from '../shared/store';
import { queueItems } from '../shared/queueItems';

export class QueueForApproval implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Queue for Approval',
		name: 'queueForApproval',
		icon: { light: 'file:../icons/queue.svg', dark: 'file:../icons/queue.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["approval"] === "staff" ? "the staff approve" : "approved by policy" }}',
		description: 'Stores each message, once for each occasion, until the staff approve it on the Desk',
		defaults: { name: 'Queue for Approval' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Queued', 'Held Back'],
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		properties: [
			{
				displayName:
					'Next: nothing. The message waits on the Desk (<b>Staff Desk Trigger</b>, in a workflow of its own), behind which <b>Send Message</b> sends what is approved. Reads <b>customer</b>, <b>occasion</b>, <b>decision</b> and <b>message</b>. The text goes to the store; the item keeps the message\'s ID and state. What other messages leave no room for comes out at <b>Held Back</b>; its occasion comes again when there is.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Approval',
				name: 'approval',
				type: 'options',
				noDataExpression: true,
				default: 'staff',
				options: [
					{ name: 'By the Staff', value: 'staff', description: 'Each message waits on the Desk until somebody approves it' },
					{
						name: 'By Policy',
						value: 'policy',
						description: 'Messages count as approved at once. Only for texts that the staff have approved many times without an edit; what a language model has reworded waits for them all the same.',
					},
				],
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const store = await storeOfExecution(this);
		const { work, failed, fail } = readBatch(this, ['customer', 'occasion', 'decision', 'text']);
		const approval = approvalOf(this);
		const queued: INodeExecutionData[] = [];
		const held: INodeExecutionData[] = [];
		try {
			const answers = await queueItems(store, work.map(({ item }) => item), approval, now());
			answers.forEach((answer, position) => {
				if (answer instanceof Error) fail(work[position].index, answer);
				else ('message' in answer ? queued : held).push(outputItem(work[position], answer));
			});
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
		return [[...queued, ...failed], held];
	}
}

/** @throws NodeOperationError for an expression: what comes with an item, or out of a language model, must not decide that nobody looks at its text */
function approvalOf(context: IExecuteFunctions): Approval {
	const given = context.getNode().parameters.approval ?? 'staff';
	if (given === 'staff' || given === 'policy') return given;
	throw nodeError(context.getNode(), new CrmError('Approval is not one of its two choices', 'Choose By the Staff or By Policy on the panel. An expression is not taken here: data must not approve themselves.'));
}
