import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { findDuplicates, type DuplicatePair } from '../../../../lib/store/merging/duplicates';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { readPages, type Page } from '../../../shared/paging';
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

/** Pairs read from the store at once: each page is found anew. */
const PAGE = 10_000;

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const readerOf = (index: number) => {
		const { offset = 0, minScore } = context.getNodeParameter('filters', index, {}) as { offset?: number; minScore?: number };
		return async ({ limit, count }: Page<DuplicatePair>) => await findDuplicates(store, { limit, offset: offset + count, minScore });
	};
	return await readPages(context, readerOf, PAGE);
}
