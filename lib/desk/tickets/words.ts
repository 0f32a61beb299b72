import type { Language } from '../../domain/glossary';
import { loadTexts } from '../../web/texts';

export type TicketTexts = typeof import('../../../templates/it/desk-tickets.json');

/** The words of the pages of tickets, in one language. */
export function ticketTexts(language: Language): TicketTexts {
	return loadTexts<TicketTexts>('desk-tickets', language);
}
