import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { CrmItem } from '../../lib/domain/item';
import { now } from '../shared/clock';
import { nodeError } from '../shared/errors';
import { outputItem, readBatch, type WorkItem } from '../shared/items';
import { chosenSegment, isSameForAll, type ChosenSegment } from '../shared/segment';
import { segmentFields, segmentOptions } from '../shared/segmentFields';
import { storeOfExecution } from '../shared/store';
import { segmentItems, settleNotMatched } from './segmentItems';

export class SegmentCustomers implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segment Customers',
		name: 'segmentCustomers',
		icon: { light: 'file:../icons/segment.svg', dark: 'file:../icons/segment.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["segments"].join($parameter["match"] === "any" ? " or " : " and ") || "own rules" }}',
		description: 'Tells customers apart by lifecycle, value, equipment in use, relation, and what they will probably do',
		defaults: { name: 'Segment Customers' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Matched', 'Not Matched'],
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		properties: [
			{
				displayName:
					'Next: connect <b>Matched</b> to Rollout Gate or Consent Check. Reads <b>customer</b>, adds <b>segments</b>: the names that hold, and whether health data decided. To see how many customers a segment has, use Optical CRM > Customer > Get Segment.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			...segmentFields,
			{
				displayName: 'Record Not Matched',
				name: 'recordNotMatched',
				type: 'boolean',
				default: true,
				description: 'Whether the occasions of customers who do not match end here, and are counted as such. Switch it off where the output Not Matched leads to another message.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: segmentOptions,
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const store = await storeOfExecution(this);
		const { work, failed, fail } = readBatch(this, ['customer']);
		const outputs = { matched: [] as INodeExecutionData[], notMatched: [] as INodeExecutionData[] };
		try {
			const ready = readSegments(this, work, fail);
			const answers = await segmentItems(store, ready.map(({ item }) => item), ready.map(({ chosen }) => chosen), now());
			const ended: CrmItem[] = [];
			answers.forEach((answer, position) => {
				const { index, item, binary } = ready[position];
				if (answer instanceof Error) return fail(index, answer);
				if (!answer.isIn) ended.push(item);
				(answer.isIn ? outputs.matched : outputs.notMatched).push(outputItem({ index, item, binary }, { segments: answer.segments }));
			});
			if (this.getNodeParameter('recordNotMatched', 0, true)) await settleNotMatched(store, ended, now());
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
		// What could not be looked up does not match.
		return [outputs.matched, [...outputs.notMatched, ...failed]];
	}
}

/** The items with the segment that the panel says for each; it is read once where it is the same for all. */
function readSegments(context: IExecuteFunctions, work: readonly WorkItem[], fail: (index: number, error: unknown) => void): Array<WorkItem & { chosen: ChosenSegment }> {
	const first = isSameForAll(context) && work.length > 0 ? chosenSegment(context, work[0].index) : undefined;
	return work.flatMap((item) => {
		try {
			return [{ ...item, chosen: first ?? chosenSegment(context, item.index) }];
		} catch (error) {
			fail(item.index, error);
			return [];
		}
	});
}
