import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { endTicket } from '../../../../lib/store/replies/tickets';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { ticketField, ticketOf, whoField } from './ticketField';

export const option = {
	name: 'Close',
	value: 'close',
	action: 'Close a ticket',
	description: 'Say that nothing more is to be done. A new message of the customer opens a new ticket.',
};

export const fields: INodeProperties[] = [ticketField, whoField, { displayName: 'Note', name: 'note', type: 'string', default: '', placeholder: 'e.g. telephoned, all is well', description: 'What was done' }];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const { id, who } = ticketOf(context, index);
			const closed = await endTicket(store, id, 'closed', who, String(context.getNodeParameter('note', index, '')).trim() || undefined, now());
			if (!closed) throw new CrmError(`There is no open ticket ${id}`, 'Somebody has seen to it meanwhile, or it is one of another shop: look at Ticket > Get Many.');
			answers.output[index] = { json: { id, state: 'closed' }, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}
