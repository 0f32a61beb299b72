import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { listHouseholds, type Household } from '../../../../lib/store/customers/households';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { readPages } from '../../../shared/paging';
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

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	return await readPages<Household>(context, (index) => {
		const { after = 0, customerId } = context.getNodeParameter('filters', index, {}) as { after?: number; customerId?: string };
		const query = { customerId: customerId ? wholeId('Customer ID', customerId) : undefined };
		return async ({ limit, last }) => await listHouseholds(store, { ...query, after: last?.id ?? after, limit });
	});
}
