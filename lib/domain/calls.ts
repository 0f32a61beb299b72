import type { Instant } from './time';

export const CALL_OUTCOMES = ['reached', 'booked', 'again', 'wrongNumber', 'refuses', 'notReached'] as const;
/** How a telephone call ended. `again`: the customer wants to be called at another time. `notReached`: nobody answered. */
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** One try to reach somebody by telephone. */
export interface CallTry {
	at: Instant;
	outcome: CallOutcome;
	againAt?: Instant;
}

/** A call that waits, as the order of the day sees it. */
export interface WaitingCall {
	messageId: number;
	customerId: number;
	/** Occasion kind. */
	kind: string;
	dueOn: string;
	/** Why this one; see `ItemOccasion`. */
	cause?: string;
	/** The last day on which it makes sense. */
	expiresOn?: string;
	/** Of this call, oldest first. */
	tries: CallTry[];
}
