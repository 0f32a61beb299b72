/* How the people of the fictional shop live and shop. Shares are of one year, of one visit, or of one message, as named. */

/** Shares of people to whom something happens in a year. */
export const IN_A_YEAR = {
	newCustomers: 0.04,
	newAddress: 0.04,
	newEmail: 0.05,
	movesAway: 0.01,
	objects: 0.004,
	withdrawsRecalls: 0.006,
	/** Each is proved by a search of the whole store, so they are few. */
	asksForErasure: 0.0002,
	/** Of women of 20 to 42. */
	hasChild: 0.05,
} as const;

/** The share of people of an age who die in a year; in life it doubles about every nine years. */
export function mortality(age: number): number {
	return Math.min(0.5, 0.0004 * 2 ** ((age - 30) / 9));
}

/** Shares of visits. */
export const AT_A_VISIT = {
	exam: 0.6,
	dayOfNextExamByHand: 0.05,
	buys: 0.55,
	quote: 0.15,
	asksForForm: 0.3,
	/** Somebody who had refused agrees again. */
	agreesAgain: 0.05,
} as const;

/** What becomes of orders, quotes and appointments. */
export const LATER = {
	collectsAtOnce: 0.72,
	progressiveComesBack: 0.07,
	quoteAccepted: 0.4,
	appointmentKept: 0.86,
	appointmentCancelled: 0.05,
	reordersAlone: 0.45,
} as const;

/** What share of messages of a kind moves somebody to act; `books` of them book an appointment, the others come by. */
export const ANSWERS: Record<string, { acts: number; books: number }> = {
	birthday: { acts: 0.02, books: 0 },
	welcome: { acts: 0.02, books: 0.2 },
	survey: { acts: 0, books: 0 },
	'recall.vision': { acts: 0.3, books: 0.6 },
	'recall.eyewear': { acts: 0.2, books: 0.3 },
	'recall.lenses': { acts: 0.55, books: 0 },
	'recall.dormant': { acts: 0.12, books: 0.4 },
	'quote.open': { acts: 0.25, books: 0 },
	'order.ready': { acts: 0.8, books: 0 },
	'appointment.missed': { acts: 0.45, books: 1 },
	progressive: { acts: 0.55, books: 0 },
};

/** Shares of messages. */
export const ON_A_MESSAGE = { refuses: 0.006, refusesAll: 0.3, oneClick: 0.6 } as const;

/** What the wearers of new progressive lenses say. */
export const PROGRESSIVE_ANSWERS = [[75, 'fine'], [13, 'wrong'], [12, 'other']] as const;

/** What the recording sender answers to a message instead of taking it: shares. */
export const SENDING = { busy: 0.004, unknown: 0.001, arrivedAfterAll: 0.5 } as const;
