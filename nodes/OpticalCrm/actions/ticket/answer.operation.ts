import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { answerTicket } from '../../../shared/answerTicket';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { ticketField, ticketOf, whoField } from './ticketField';

export const option = {
	name: 'Answer',
	value: 'answer',
	action: 'Answer a ticket',
	description: 'Write back on the channel on which the customer wrote: the answer waits, approved, for Send Message. On WhatsApp within a day only.',
};

export const fields: INodeProperties[] = [
	ticketField,
	whoField,
	{ displayName: 'Answer', name: 'text', type: 'string', typeOptions: { rows: 4 }, default: '', required: true, description: 'The words as they are sent; the shop\'s name is put below' },
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const { id, who } = ticketOf(context, index);
			const text = String(context.getNodeParameter('text', index)).trim();
			if (text === '') throw new CrmError('The answer is empty', 'Write what the customer is to read.');
			const message = await answerTicket(store, id, text, who, now());
			answers.output[index] = { json: { ticket: { id, state: 'answered' }, message: { ...message } } as IDataObject, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
