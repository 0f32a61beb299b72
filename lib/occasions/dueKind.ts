import type { DayWindow, DueSearch } from '../domain/dueSearch';
import type { MessageClass } from '../domain/glossary';
import type { LocalDate } from '../domain/time';

/** The days to look at, without a gap: from so many days late to so many days ahead. */
export type DueWindow = (lateDays: number, aheadDays?: number) => DayWindow;

/** A later contact of a course, counted from the one before. */
export interface FollowUp {
	stage: number;
	/** Days after the stage before was handed out. */
	afterDays: number;
	class: MessageClass;
}

/** One kind of occasion with the shop's settings: what the engine asks of it. */
export interface DueKind {
	kind: string;
	/** How late a contact may still begin, in days. */
	windowDays: number;
	/** The searches for what comes from the facts, oldest due day first. */
	searches(window: DueWindow, today: LocalDate): DueSearch[];
	/** Contacts that follow on one without an outcome. */
	followUps: FollowUp[];
	/** The class of each stage that it hands out. */
	classOf(stage: number): MessageClass;
	/** Whether a person of the shop calls at this stage, instead of a message. */
	isCall(stage: number): boolean;
	/**
	 * What it comes from (`since`) is a purchase: the contact rules hear of its day, whatever the class, for a workflow may give it another one. It
	 * counts for offers and greetings, as the ground of soft spam and as what may be too old (RULES 8, 15); for service and recall nothing asks.
	 */
	ofPurchase?: boolean;
	/** Hands out what was due before it was first looked for: birthdays, whose window is short by nature. */
	startsEarly?: boolean;
}
