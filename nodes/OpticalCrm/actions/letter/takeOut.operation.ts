import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { takeOutLetters } from '../../../../lib/store/letters';
import { now } from '../../../shared/clock';
import { wholeId } from '../../../shared/parameters';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { whoField } from './printFields';

export const option = {
	name: 'Take Out',
	value: 'takeOut',
	action: 'Take a letter out of its batch',
	description: 'Take a letter out of a batch that is not posted yet: it waits for the next one, or is never sent',
};

export const fields: INodeProperties[] = [
	{ displayName: 'Message ID', name: 'messageId', type: 'string', default: '', required: true, placeholder: 'e.g. 42', description: 'The message, as Make Batch lists it' },
	whoField,
	{ displayName: 'Reason Not to Send It', name: 'reject', type: 'string', default: '', placeholder: 'e.g. moved away', description: 'With a reason, the letter is never sent; without one it waits for the next batch' },
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const messageId = wholeId('Message ID', context.getNodeParameter('messageId', index));
			const who = (context.getNodeParameter('who', index) as string).trim();
			const reject = (context.getNodeParameter('reject', index, '') as string).trim() || undefined;
			const taken = await takeOutLetters(store, [messageId], { who, reject }, now());
			if (taken.length === 0) throw new CrmError(`Message ${messageId} is in no batch that is not posted`, 'Take its ID from the output of Letter > Make Batch.');
			answers.output[index] = { json: { messageId, state: reject === undefined ? 'approved' : 'rejected' }, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
