import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { listHouseholds, type Household } from '../../../../lib/store/households';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { wholeId } from '../../../shared/parameters';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many households',
	description: 'Get many households with their members',
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
				displayName: 'After ID',
				name: 'after',
				type: 'number',
				default: 0,
				description: 'Only households with a higher ID: the last one of the page before',
			},
			{
				displayName: 'Customer ID',
				name: 'customerId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 42',
				description: 'Only the household of this customer',
			},
		],
	},
];

/** Households read from the store at once. */
const PAGE = 1000;

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const items: INodeExecutionData[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		const filters = context.getNodeParameter('filters', index, {}) as { after?: number; customerId?: string };
		const customerId = filters.customerId ? wholeId('Customer ID', filters.customerId) : undefined;
		let room = context.getNodeParameter('returnAll', index) ? Infinity : (context.getNodeParameter('limit', index) as number);
		let after = filters.after ?? 0;
		for (let page: Household[] = []; room > 0; room -= page.length) {
			page = await listHouseholds(store, { after, customerId, limit: Math.min(room, PAGE) });
			if (page.length === 0) break;
			after = page[page.length - 1].id;
			for (const household of page) items.push({ json: { ...household } as unknown as IDataObject, pairedItem: { item: index } });
		}
	}
	return [items];
}
