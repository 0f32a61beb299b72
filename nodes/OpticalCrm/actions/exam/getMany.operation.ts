import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { commonFilters, getManyRecords } from '../records/getManyRecords';
import { EXAM, KIND_OPTIONS } from './examNode';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many exams',
	description: 'Get many exams, of all customers or of one',
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
				displayName: 'Kind',
				name: 'kind',
				type: 'options',
				options: KIND_OPTIONS,
				default: 'vision',
			},
		],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await getManyRecords(context, EXAM);
}
