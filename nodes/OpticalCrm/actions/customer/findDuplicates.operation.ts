import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { findDuplicates, type DuplicatePair } from '../../../../lib/store/duplicates';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Find Duplicates',
	value: 'findDuplicates',
	action: 'Find duplicate customers',
	description: 'List pairs of customers who may be one person, with the evidence and a score, the likeliest first. Nothing is merged.',
};

export const fields: INodeProperties[] = [
	...RETURN_ALL_OR_LIMIT,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Minimum Score',
				name: 'minScore',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 100 },
				default: 70,
				description: 'Only pairs with this score or a higher one, of 100',
			},
			{
				displayName: 'Skip',
				name: 'offset',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'How many pairs to leave out: those of the pages before',
			},
		],
	},
];

/** Pairs read from the store at once. */
const PAGE = 10_000;

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const items: INodeExecutionData[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		const { offset: skip = 0, minScore } = context.getNodeParameter('filters', index, {}) as { offset?: number; minScore?: number };
		let room = context.getNodeParameter('returnAll', index) ? Infinity : (context.getNodeParameter('limit', index) as number);
		let offset = skip;
		for (let page: DuplicatePair[] = []; room > 0; room -= page.length) {
			const limit = Math.min(room, PAGE);
			page = await findDuplicates(store, { limit, offset, minScore });
			for (const pair of page) items.push({ json: { ...pair } as unknown as IDataObject, pairedItem: { item: index } });
			if (page.length < limit) break;
			offset += page.length;
		}
	}
	return [items];
}
