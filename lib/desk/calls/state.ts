import type { CallOutcome } from '../../domain/calls';
import type { MessageState } from '../../domain/glossary';
import type { CallQuestion } from '../../domain/messageExtra';
import type { Instant, LocalDate } from '../../domain/time';
import type { DeskFrame, DeskMessage } from '../state';
import type { CallFault, TypedCall } from './action';

export type DayPart = 'morning' | 'afternoon' | 'evening';

/** A call of the list. */
export interface DeskCall extends Pick<DeskMessage, 'id' | 'customerName' | 'occasion'> {
	/** Nobody may ring before. */
	callableFrom?: Instant;
	/** When the customer asked to be called. */
	promisedAt?: Instant;
	/** The customer said that something is wrong. */
	isComplaint?: boolean;
	/** Likeliest to answer, best first. */
	bestParts: DayPart[];
	/** The last day on which the call makes sense. */
	expiresOn?: LocalDate;
	/** Who is on it now, where that is somebody else. */
	takenBy?: string;
	/** Whether the person who looks is on it. */
	isMine?: boolean;
	tries: number;
	lastTry?: { at: Instant; outcome: CallOutcome };
}

/** Why a call could not be taken. */
export interface CallRefusal {
	customerName?: string;
	/** Who is on it. */
	who?: string;
	/** Reason code of the rules. */
	why?: string;
	retryAt?: Instant;
}

/** The list of today's calls. */
export interface CallsState extends DeskFrame {
	calls: DeskCall[];
	perDay: number;
	madeToday: number;
	tomorrow: number;
	/** Calls that the rules stop, by reason code: how many. */
	blocked: Array<{ why: string; count: number }>;
	refusal?: CallRefusal;
}

/** One try of a call. */
export interface DeskTry {
	at: Instant;
	who: string;
	outcome: CallOutcome;
	againAt?: Instant;
	note?: string;
	/** Ticked answers by question. */
	answers?: Record<string, string>;
}

/** The page of one call. */
export interface CallPageState extends DeskFrame {
	call: Pick<DeskCall, 'id' | 'customerName' | 'occasion' | 'promisedAt' | 'isComplaint' | 'bestParts' | 'expiresOn'> & {
		state: MessageState;
		customerId: number;
		phone: string;
		/** Address of the link that dials. */
		tel: string;
		script: string;
		questions: CallQuestion[];
		age?: number;
		/** The day of the fact that the call comes from. */
		since?: LocalDate;
		lastVisitOn?: LocalDate;
	};
	/** Who is on it: only who has taken it sees the number and the buttons. */
	holder?: 'me' | { who: string };
	/** How long it is kept for whoever took it. Minutes. */
	keptMinutes: number;
	/** Newest first. */
	tries: DeskTry[];
	/** What was agreed on, for the calendar. */
	agreed?: { kind: 'again' | 'booked'; at: Instant };
	/** Now on the shop's clock, as a browser's field writes it: what is agreed lies after it. */
	earliest: string;
	typed?: TypedCall;
	fault?: CallFault;
}
