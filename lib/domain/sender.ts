import type { Instant, LocalDate } from './time';

/** How fast a sender (an account or number of a provider) may be used, by all processes together. 0: no limit. */
export interface RateLimits {
	perSecond: number;
	perMinute: number;
	/** By the shop's calendar. */
	perDay: number;
}

/** Whether a sender works, and until when it is left alone. */
export interface Circuit {
	/** Failures since something last worked. */
	failures: number;
	/** Times that it was opened without anything working in between. */
	openings: number;
	/** Nothing is tried before this instant; from then on one message tries. Absent: closed. */
	openUntil?: Instant;
	/** Why it is open. */
	code?: string;
	/** One message is trying now; for everybody else it is open. */
	trying?: boolean;
}

/** What the store knows of a sender. */
export interface SenderState extends Circuit {
	/** The next message may leave from this instant on. */
	nextAt?: Instant;
	/** The shop's day that is counted. */
	day?: LocalDate;
	/** Messages on that day. */
	dayCount: number;
}

export const FRESH_SENDER: SenderState = { failures: 0, openings: 0, dayCount: 0 };

/** Stands in `messages.provider` for what was sent in a rehearsal: no customer got it, so no cap counts it. */
export const REHEARSAL = 'rehearsal';
