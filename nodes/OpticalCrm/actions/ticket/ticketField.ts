import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';

/** Which ticket, by the id that Get Many and the Customer Reply Trigger give. */
export const ticketField: INodeProperties = { displayName: 'Ticket ID', name: 'ticketId', type: 'string', default: '', required: true, placeholder: 'e.g. {{ $json.ID }} or 42', description: 'As Get Many and the Customer Reply Trigger give it' };

/** Who does it, for the record. */
export const whoField: INodeProperties = { displayName: 'Who', name: 'who', type: 'string', default: '', required: true, placeholder: 'e.g. Chiara', description: 'Who sees to it, for the record' };

/** @throws CrmError where an item names no ticket or nobody */
export function ticketOf(context: IExecuteFunctions, index: number): { id: number; who: string } {
	const [id, who] = [Number(context.getNodeParameter('ticketId', index)), String(context.getNodeParameter('who', index)).trim()];
	if (!Number.isSafeInteger(id) || id < 1) throw new CrmError('The ticket has no number', 'Give the id of a ticket, for example {{ $json.id }} behind Ticket > Get Many.');
	if (who === '') throw new CrmError('Nobody is named who sees to the ticket', 'Enter a name in "Who".');
	return { id, who };
}
