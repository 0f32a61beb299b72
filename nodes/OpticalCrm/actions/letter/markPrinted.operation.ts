import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { markPrinted } from '../../../../lib/store/letters';
import { now } from '../../../shared/clock';
import { wholeId } from '../../../shared/parameters';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { batchField, whoField } from './printFields';

export const option = {
	name: 'Mark Printed',
	value: 'markPrinted',
	action: 'Mark a batch of letters as printed',
	description: 'Note that the letters of a batch came out of the printer',
};

export const fields: INodeProperties[] = [batchField, whoField];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const batchId = wholeId('Batch ID', context.getNodeParameter('batchId', index));
			const who = (context.getNodeParameter('who', index) as string).trim();
			const done = { batch: { ...(await markPrinted(store, batchId, who, now())) } };
			answers.output[index] = { json: done as unknown as IDataObject, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
