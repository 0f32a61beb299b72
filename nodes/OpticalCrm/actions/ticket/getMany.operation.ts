import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { TICKET_STATES, type TicketState } from '../../../../lib/domain/ticket';
import { listTickets } from '../../../../lib/store/replies/tickets';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { readPages } from '../../../shared/paging';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many tickets',
	description: 'Get what customers wrote and what waits for the staff, the urgent ones first',
};

export const fields: INodeProperties[] = [
	...RETURN_ALL_OR_LIMIT,
	{
		displayName: 'State',
		name: 'state',
		type: 'options',
		default: 'open',
		options: TICKET_STATES.map((value) => ({ name: value[0].toUpperCase() + value.slice(1), value })).sort((one, other) => one.name.localeCompare(other.name)),
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	return await readPages(context, (index) => {
		const state = context.getNodeParameter('state', index) as TicketState;
		return async ({ limit, count }) => (await listTickets(store, state, { limit, offset: count })).tickets;
	});
}
