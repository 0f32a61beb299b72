import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { mergeCustomers } from '../../../../lib/store/merging/mergeCustomers';
import { now } from '../../../shared/clock';
import { errorItem, nodeError } from '../../../shared/errors';
import { wholeId } from '../../../shared/parameters';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Merge',
	value: 'merge',
	action: 'Merge two customers',
	description: 'Make one customer of two who are the same person. It can be undone.',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Kept Customer ID',
		name: 'keptId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 42',
		description: 'Who stays. The own fields win, and gaps are filled from the other one.',
	},
	{
		displayName: 'Merged Customer ID',
		name: 'mergedId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 43',
		description: 'Who is no longer listed. Addresses, consents, occasions, messages and purchases go to the kept one; the code leads there too.',
	},
	{
		displayName: 'Who Decided',
		name: 'who',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Chiara',
		description: 'The person who says that the two are one; kept with the merge',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const input = context.getInputData();
	const output: INodeExecutionData[] = [];
	// One after the other: a later pair may name somebody whom an earlier one has merged.
	for (let index = 0; index < input.length; index++) {
		try {
			const keptId = wholeId('Kept Customer ID', context.getNodeParameter('keptId', index));
			const mergedId = wholeId('Merged Customer ID', context.getNodeParameter('mergedId', index));
			const who = String(context.getNodeParameter('who', index)).trim() || 'workflow';
			const result = await mergeCustomers(store, { keptId, mergedId, who }, now());
			output.push({ json: { ...result } as unknown as IDataObject, pairedItem: { item: index } });
		} catch (error) {
			if (!context.continueOnFail()) throw nodeError(context.getNode(), error, index);
			output.push(errorItem(context.getNode(), input[index], error, index));
		}
	}
	return [output];
}
