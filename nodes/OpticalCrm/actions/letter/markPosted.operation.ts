import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { shopToday } from '../../../../lib/domain/shop';
import { markPosted } from '../../../../lib/store/letters';
import { now } from '../../../shared/clock';
import { wholeId } from '../../../shared/parameters';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { batchField, whoField } from './printFields';

export const option = {
	name: 'Mark Posted',
	value: 'markPosted',
	action: 'Mark a batch of letters as posted',
	description: 'Record that the letters of a batch are in the postbox: their messages are sent, with their cost. It also names the letters that were stopped since they were printed.',
};

export const fields: INodeProperties[] = [batchField, whoField];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const batchId = wholeId('Batch ID', context.getNodeParameter('batchId', index));
			const who = (context.getNodeParameter('who', index) as string).trim();
			const done = { ...(await markPosted(store, batchId, who, shopToday(store.shop, now()), now())) };
			answers.output[index] = { json: done as unknown as IDataObject, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
