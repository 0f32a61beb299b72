import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { commonFilters, getManyRecords } from '../records/getManyRecords';
import { EQUIPMENT, LENS_OPTIONS } from './equipmentNode';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many equipment',
	description: 'Get many equipment, of all customers or of one',
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
				displayName: 'Lens Type',
				name: 'lensType',
				type: 'options',
				options: LENS_OPTIONS,
				default: 'progressive',
			},
		],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await getManyRecords(context, EQUIPMENT);
}
