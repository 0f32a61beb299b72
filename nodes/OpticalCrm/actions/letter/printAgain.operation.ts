import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { printBatch } from '../../../shared/letterBatch';
import { wholeId } from '../../../shared/parameters';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { batchField, batchItem, printFields, printOptions, printSettings } from './printFields';

export const option = {
	name: 'Print Again',
	value: 'printAgain',
	action: 'Print a batch of letters again',
	description: 'Get the files of a batch once more, without the letters that were stopped since',
};

export const fields: INodeProperties[] = [
	batchField,
	...printFields,
	{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options: printOptions },
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const batchId = wholeId('Batch ID', context.getNodeParameter('batchId', index));
			answers.output[index] = await batchItem(context, index, await printBatch(store, batchId, await printSettings(context, index)));
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
