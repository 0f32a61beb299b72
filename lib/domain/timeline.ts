import type { Instant, LocalDate } from './time';

/** Something that happened between the shop and a customer. What a field means depends on the type; what it has not is absent. */
export interface TimelineEntry {
	type: 'message' | 'call' | 'reply' | 'ticket' | 'survey' | 'exam' | 'purchase' | 'appointment' | 'quote' | 'consent' | 'merge';
	id: number;
	/** A day only where no more is known. */
	at: Instant | LocalDate;
	/** Of a message the kind of its occasion, of a call its outcome, of a reply its channel, of a consent its status, of a survey the score. */
	kind?: string;
	/** Of a message and of a consent the channel, of a purchase or quote the shop's own words, of a merge the other's number. */
	details?: string;
	/** Of a message, ticket, appointment or quote; of a consent the purpose. */
	state?: string;
	/** What was written or noted, its beginning. */
	text?: string;
	/** The member of staff. */
	who?: string;
	/** The message of a call, the ticket of a reply. */
	linkId?: number;
}
