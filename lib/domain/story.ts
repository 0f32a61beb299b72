import type { LocalDate } from './time';

/** Something that happened between the shop and a customer, in a line. */
export interface StoryEntry {
	day: LocalDate;
	/** `exam`, `purchase`, `appointment`, `quote`, `message`: from the shop, or `reply`: from the customer. */
	what: 'exam' | 'purchase' | 'appointment' | 'quote' | 'message' | 'reply';
	/** The kind of exam, equipment, appointment, quote or occasion, or the channel of a reply. */
	kind: string;
	/** Of a purchase or quote, in the shop's own words; of an appointment its status, of a message its channel. */
	details?: string;
}
