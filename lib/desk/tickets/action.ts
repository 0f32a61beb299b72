import { only, positive, typedText, type Form } from '../../web/form';

/** Longest answer and closing note, in characters. */
export const TICKET_LIMITS = { answer: 3000, note: 1000 } as const;

export type TicketAction =
	| { kind: 'answerTicket'; id: number; text: string }
	| { kind: 'closeTicket'; id: number; note: string }
	/** Says whose it is, where nobody knew. */
	| { kind: 'assignTicket'; id: number; customerId: number };

/** Reads what a form says about a ticket; undefined where it is none of ours. */
export function readTicketAction(form: Form): TicketAction | undefined {
	const [action, id, customerId] = [only(form, 'action'), positive(only(form, 'ticket')), positive(only(form, 'customer'))];
	if (!id) return undefined;
	// What is too long is shown again, not cut: the reader judges.
	if (action === 'answerTicket' && form.has('text')) return { kind: 'answerTicket', id, text: typedText(only(form, 'text')) };
	if (action === 'closeTicket') return { kind: 'closeTicket', id, note: typedText(only(form, 'note')).slice(0, TICKET_LIMITS.note) };
	return action === 'assignTicket' && customerId ? { kind: 'assignTicket', id, customerId } : undefined;
}
