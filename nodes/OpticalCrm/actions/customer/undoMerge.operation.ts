import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { undoMerge } from '../../../../lib/store/merging/undoMerge';
import { now } from '../../../shared/clock';
import { errorItem, nodeError } from '../../../shared/errors';
import { wholeId } from '../../../shared/parameters';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Undo Merge',
	value: 'undoMerge',
	action: 'Undo a merge of customers',
	description: 'Part two customers who were taken for one',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Merge ID',
		name: 'mergeId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 7',
		description: 'As Customer > Merge gave it; it stands in the contact history too',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const input = context.getInputData();
	const output: INodeExecutionData[] = [];
	for (let index = 0; index < input.length; index++) {
		try {
			const result = await undoMerge(store, wholeId('Merge ID', context.getNodeParameter('mergeId', index)), now());
			output.push({ json: { ...result } as IDataObject, pairedItem: { item: index } });
		} catch (error) {
			if (!context.continueOnFail()) throw nodeError(context.getNode(), error, index);
			output.push(errorItem(context.getNode(), input[index], error, index));
		}
	}
	return [output];
}
