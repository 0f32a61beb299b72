import type { Channel } from './glossary';
import type { Instant } from './time';

/** What comes back from a provider, in one form for all of them. Addresses are in the store's normal form: E.164 numbers, lower-case e-mail. */
export type InboundEvent = DeliveryEvent | ReplyEvent | PreferenceEvent | ComplaintEvent | TemplateEvent;

/** Where a message is on its way. Events may come twice, late and out of order (RULES 35). */
export interface DeliveryEvent {
	kind: 'delivery';
	channel: Channel;
	/** Of the message, as the provider named it when it took it. */
	providerId: string;
	/** Tells this event from every other one of the provider. */
	eventId: string;
	state: 'sent' | 'delivered' | 'read' | 'failed';
	at: Instant;
	/** The provider's code of a failure, or the SMTP status. */
	code?: string;
	/** The address does not work and will not (RULES 28); otherwise a later message may arrive. */
	permanent?: boolean;
	/** It may be tried once more, so many minutes later (RULES, table of errors). */
	againAfterMinutes?: number;
	/** `Outgoing.key`, where the provider gives it back: it finds a message of which nobody knows whether it left. */
	key?: string;
	/** The rate that the provider charges for it, such as `marketing`; `free` where it costs nothing. */
	rate?: string;
}

/** A customer has written. */
export interface ReplyEvent {
	kind: 'reply';
	channel: Channel;
	/** Of the customer's message: a second event with it is the same message. */
	eventId: string;
	/** The number or address that it came from. */
	from: string;
	/** The shop's own number or address that it went to. */
	to?: string;
	text: string;
	at: Instant;
	/** Provider's id of our message that it answers, where the channel tells. */
	inReplyTo?: string;
	/** False for what opens no window for free texts on WhatsApp: a reaction, a note of the system. */
	opensWindow?: false;
}

/** What somebody has chosen in the provider's own settings (RULES 34). */
export interface PreferenceEvent {
	kind: 'preference';
	channel: Channel;
	eventId: string;
	from: string;
	marketing: 'stop' | 'resume';
	at: Instant;
}

/** A mailbox provider tells that somebody reported a message as spam (RULES 28). */
export interface ComplaintEvent {
	kind: 'complaint';
	channel: Channel;
	eventId: string;
	from: string;
	providerId?: string;
	at: Instant;
}

/** The provider has changed its mind about a template, or about the account (RULES 32). */
export interface TemplateEvent {
	kind: 'template';
	channel: 'whatsapp';
	eventId: string;
	/** Id of the WhatsApp Business account. */
	account: string;
	/** Absent where it is about the whole account. */
	name?: string;
	language?: string;
	state?: string;
	category?: string;
	quality?: string;
	/** Unique customers in 24 hours that the portfolio may write to. */
	limit?: number | 'unlimited';
	at: Instant;
}
