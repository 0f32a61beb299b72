import type { Circuit } from '../domain/sender';
import { plusMinutes, type Instant } from '../domain/time';
import type { Delivery } from './channel';

/** So many failures in a row open the circuit. */
const FAILURES_AT_MOST = 3;
/** How long it stays open the first time; twice as long each time that the trial fails too. Minutes. */
const FIRST_MINUTES = 1;
const LONGEST_MINUTES = 60;
/** A trial that nobody reports on (its process died) is over after so many minutes; longer than any answer takes. */
const TRIAL_MINUTES = 3;

/** `open`: nothing is tried. `trial`: it was open long enough, and one message finds out. */
export type Standing = 'closed' | 'open' | 'trial';

/** How a circuit stands now: `closed` lets messages go, `open` holds them all, `trial` lets one try. */
export function standingOf({ openUntil }: Circuit, now: Instant): Standing {
	if (openUntil === undefined) return 'closed';
	// It never stays open for longer: an end further ahead was set by a clock that was ahead.
	return now < openUntil && openUntil <= plusMinutes(now, LONGEST_MINUTES) ? 'open' : 'trial';
}

/** The circuit while one message tries. */
export function tryingOut(circuit: Circuit, now: Instant): Circuit {
	return { ...circuit, trying: true, openUntil: plusMinutes(now, TRIAL_MINUTES) };
}

/** What deliveries mean for the circuit. */
export interface CircuitChange {
	circuit: Circuit;
	/** Whether people should be told: it opened because of a failure, or it closed. Being too fast for a moment is none of their business. */
	told?: 'opened' | 'closed';
}

/**
 * The circuit after deliveries, in the order in which they ended. A `down` or an outcome that nobody knows is a failure; three in a row open it, and one that only
 * a person can mend opens it at once. What the provider has taken, or refused for good, shows that it works, and closes it. A failed trial opens it for longer.
 */
export function afterDeliveries(before: Circuit, deliveries: readonly Delivery[], now: Instant): CircuitChange {
	let [circuit, isTold] = [before, false];
	for (const delivery of deliveries) {
		const next = after(circuit, delivery, now);
		if (next.openings > circuit.openings && !isTooFast(delivery)) isTold = true;
		circuit = next;
	}
	if (circuit.openUntil === undefined) return before.openUntil === undefined ? { circuit } : { circuit, told: 'closed' };
	return isTold ? { circuit, told: 'opened' } : { circuit };
}

function after(circuit: Circuit, delivery: Delivery, now: Instant): Circuit {
	if (delivery.outcome === 'sent' || (delivery.outcome === 'refused' && !delivery.retry)) return { failures: 0, openings: 0 };
	// Refused for now: it tells of this message or of the provider, nobody knows.
	if (delivery.outcome === 'refused') return circuit;
	const failures = circuit.failures + 1;
	// Of many that fail together the first has opened it.
	if (standingOf(circuit, now) === 'open' && !circuit.trying) return { ...circuit, failures };
	const opens = circuit.trying || failures >= FAILURES_AT_MOST || isTooFast(delivery) || (delivery.outcome === 'down' && delivery.alert === true);
	if (!opens) return { ...circuit, failures };
	const minutes = Math.min(LONGEST_MINUTES, FIRST_MINUTES * 2 ** circuit.openings);
	return { failures, openings: circuit.openings + 1, openUntil: plusMinutes(now, minutes), code: delivery.code };
}

function isTooFast(delivery: Delivery): boolean {
	return delivery.outcome === 'down' && delivery.backOff === true;
}
