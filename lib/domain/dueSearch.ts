import type { MessageClass } from './glossary';
import type { LocalDate } from './time';

/* What the rules of a kind ask the store for: which facts, of which days, are due when. The rules reckon the days, the store finds the people. */

/** A day on which something may be due, and the last day on which it may still be handed out. */
export interface WindowDay {
	dueOn: LocalDate;
	expiresOn: LocalDate;
}

/** Days without a gap on which something may be due, both included; none where `last` lies before `first`. */
export interface DayWindow {
	first: LocalDate;
	last: LocalDate;
	/** So many days late it may still be handed out; what was due before `countedFrom` as if it were due on that day. */
	lateDays: number;
	countedFrom: LocalDate;
}

/** Facts of these days, both included, are due so many days or months later: together on all days of the window and no other. */
export interface FactSpan {
	from: LocalDate;
	to: LocalDate;
	plus: number;
	/** Tells apart people who wait for different times, in months: the interval of an exam, the rhythm of visits. */
	group?: number;
}

/** A day of the window with the day of the fact that makes something due on it, where it cannot be reckoned by days or months. */
export interface DueDay extends WindowDay {
	/** The day of the fact; a birth day is `MM-DD`. */
	on: string;
	/** Two bounds whose meaning each fact states. */
	from?: string;
	to?: string;
}

/** On which days of a fact what is due in the window. */
export type DueDays = { window: DayWindow; unit: 'days' | 'months'; spans: FactSpan[] } | { days: DueDay[] };

/** Intervals of the vision check in months. */
export interface ExamIntervals {
	minor: number;
	adult: number;
	senior: number;
}

/** Which fact of the store a search looks at, with what it needs to know of the settings. */
export type DueFact =
	/** `on` is the birth day, `from` the first and `to` the day after the last birth date that counts. */
	| { of: 'birthday'; round: 'all' | 'only' | 'except' }
	/** The last exam, at an age below `adultAge`, from `seniorAge` on, or between; contact lenses since `lensesSince`: the second intervals. The group is the interval. */
	| { of: 'exam'; intervals: ExamIntervals; lensesIntervals: ExamIntervals; lensesSince: LocalDate; adultAge: number; seniorAge: number }
	/** The day that an optometrist set. */
	| { of: 'examByHand' }
	/** The last exam, whoever it is. */
	| { of: 'lastExam' }
	/** The last delivery of spectacles. */
	| { of: 'delivery' }
	/** The day on which the contact lenses run out. */
	| { of: 'supplyEnd' }
	/** The last visit; the group is the rhythm. */
	| { of: 'lastVisit' }
	/** The day from which the order can be collected. */
	| { of: 'orderReady' }
	/** The appointment, missed or booked, began from `from` on and before `to` (instants), on the day `on`. */
	| { of: 'appointment'; status: 'missed' | 'booked' }
	/** The day of the quote, which must still hold `today`. */
	| { of: 'openQuote'; today: LocalDate }
	/** The day on which the customer was entered; one with more than `most` was an import. */
	| { of: 'entered'; most: number }
	/** The last delivery of progressive lenses; not those who said since that all is well. */
	| { of: 'progressive'; whom: 'everybody' | 'firstTime' | 'notFine' }
	/** The day on which the wearer of progressive lenses said that something is wrong. */
	| { of: 'wrongAnswer' }
	/** A date of the consultant's own, by its name. */
	| { of: 'ownDate'; name: string };

/** A search for the people of one kind and stage who are due. */
export interface DueSearch {
	kind: string;
	stage: number;
	class: MessageClass;
	fact: DueFact;
	when: DueDays;
	/** Lets more important contacts with the same person go first. */
	waits: boolean;
	/** Nobody is asked who has an appointment already. */
	unlessBooked: boolean;
	/**
	 * An occasion of this kind and stage in the ledger is the same one when it was due at most so many days apart and came from a fact at most so
	 * many days apart: then a date was corrected or a setting changed. `sinceDays` undefined: whatever its fact
	 */
	same: { dueDays: number; sinceDays?: number };
}

/** A later stage of a course: due so many days after the stage before was handed out. */
export interface FollowUpSearch {
	kind: string;
	stage: number;
	class: MessageClass;
	/** The fact is that the stage before was handed out. */
	when: DueDays;
	waits: boolean;
}

/** All that a trigger looks for on one day. */
export interface DuePlan {
	today: LocalDate;
	searches: DueSearch[];
	followUps: FollowUpSearch[];
	/** How long somebody is left in peace before the next one of the contacts that can wait. Days. */
	restDays: number;
	/** The last day of what waited and is handed out today, by kind. */
	expiresOn: Record<string, LocalDate>;
}
