import type { Channel } from '../../domain/glossary';
import type { TicketKind, TicketState } from '../../domain/ticket';
import type { Instant, LocalDate } from '../../domain/time';
import type { DeskFrame } from '../state';
import type { Place } from '../view';

/** A ticket of the list. */
export interface DeskTicket {
	id: number;
	/** Absent of a stranger. */
	customerName?: string;
	/** Number or address that the customer wrote from. */
	sender: string;
	channel: Channel;
	kind: TicketKind;
	urgent: boolean;
	state: TicketState;
	openedAt: Instant;
	/** What was written last. */
	lastText?: string;
	closedBy?: string;
	closedAt?: Instant;
	note?: string;
}

/** The tickets in one state. */
export interface TicketsState extends DeskFrame {
	/** `kind` of the place is the state on show; absent: open. */
	place: Place;
	shown: TicketState;
	total: number;
	tickets: DeskTicket[];
}

/** One line of the conversation. */
export interface TicketLine {
	from: 'customer' | 'shop';
	at: Instant;
	text: string;
	/** Of the shop's: the state of the message. */
	state?: string;
}

/** Somebody whose the ticket could be. */
export interface PossibleOwner {
	id: number;
	name: string;
	birthDate?: LocalDate;
}

/** Why an answer was not taken. `rules`: see `why`. */
export type AnswerFault = 'empty' | 'tooLong' | 'gone' | 'notWritten' | 'nobody' | 'rules' | 'otherAddress' | 'waits';

/** The page of one ticket. */
export interface TicketPageState extends DeskFrame {
	ticket: DeskTicket & { customerId?: number };
	/** Oldest first. */
	lines: TicketLine[];
	/** Of a survey: what was answered. */
	survey?: { score: number; comment?: string };
	/** Whether an answer can be written on its channel at all. */
	isWritten: boolean;
	/** What stands in the field of the answer: what was typed, or what is proposed. */
	answer: string;
	isProposed: boolean;
	fault?: AnswerFault;
	/** With `rules` and `waits`: the reason code. */
	why?: string;
	/** The page of the list from which one came. */
	place: Place;
	/** Whom the search found; absent where nothing is searched for. */
	found?: PossibleOwner[];
}
