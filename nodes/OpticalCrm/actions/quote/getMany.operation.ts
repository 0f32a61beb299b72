import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { commonFilters, getManyRecords } from '../records/getManyRecords';
import { QUOTE, STATUS_OPTIONS } from './quoteNode';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many quotes',
	description: 'Get many quotes, of all customers or of one',
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
			...commonFilters,
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: STATUS_OPTIONS,
				default: 'open',
			},
		],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await getManyRecords(context, QUOTE);
}
