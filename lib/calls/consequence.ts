import type { CallOutcome, CallTry } from '../domain/calls';
import { CrmError } from '../domain/errors';
import type { Instant } from '../domain/time';

/** What somebody says about a call that was made. */
export interface SaidOutcome {
	outcome: CallOutcome;
	/** With `again`: when the customer wants to be called. */
	againAt?: Instant;
	/** With `booked`: when the appointment is, where it is known. */
	appointmentAt?: Instant;
}

/** What an outcome means for the message. */
export interface Consequence {
	/** `read`: somebody was spoken to. `approved`: the call waits on. */
	to: 'read' | 'failed' | 'approved';
	/** For the history. */
	why: string;
	/** The call waits until then. */
	notBefore?: Instant;
	/** The number is not the customer's. */
	wrongNumber?: boolean;
	/** The customer has answered the occasion: its stages end. */
	answered: boolean;
}

/**
 * @param tries of this call before this one
 * @param most tries in vain, after which the call is given up
 * @param next when a call that nobody answered is tried again
 * @returns an error where the outcome lacks its time, or that lies in the past
 */
export function consequenceOf({ outcome, againAt, appointmentAt }: SaidOutcome, tries: readonly CallTry[], { most, next, now }: { most: number; next: Instant; now: Instant }): Consequence | CrmError {
	if (appointmentAt !== undefined && (outcome !== 'booked' || appointmentAt <= now)) return new CrmError('The time of an appointment goes with the outcome Booked, and lies ahead', 'Correct outcome or time.');
	switch (outcome) {
		case 'reached':
			return { to: 'read', why: 'REACHED', answered: true };
		case 'booked':
			return { to: 'read', why: 'BOOKED', answered: true };
		case 'refuses':
			return { to: 'read', why: 'REFUSES', answered: true };
		case 'wrongNumber':
			return { to: 'failed', why: 'WRONG_NUMBER', wrongNumber: true, answered: false };
		case 'again':
			if (againAt === undefined || againAt <= now) return new CrmError('It is not said when to call again, or that time is over', 'Give day and time of the next call.');
			return { to: 'approved', why: 'CALL_AGAIN', notBefore: againAt, answered: false };
		case 'notReached': {
			const inVain = tries.filter((one) => one.outcome === 'notReached').length + 1;
			return inVain >= most ? { to: 'failed', why: 'NOT_REACHED', answered: false } : { to: 'approved', why: 'NOT_REACHED', notBefore: next, answered: false };
		}
	}
}
