import type { Instant, LocalDate } from './time';

export const GOALS = ['return', 'second-pair', 'stay-in-touch'] as const;
/** What is wanted of a segment: come back within so many months, have a second pair, or just hear from the shop every so many months. */
export type Goal = (typeof GOALS)[number];

/** What the lead has set for a segment. */
export interface SegmentGoal {
	goal: Goal;
	/** For `return`, counted from the day on which it was set; for `stay-in-touch`, counted back. Not used by `second-pair`. */
	months?: number;
	/** How many of a thousand customers shall be there ... */
	target: number;
	/** ... on this day. */
	dueOn: LocalDate;
	setOn: LocalDate;
}

/** A goal as the store keeps it. */
export interface StoredGoal extends SegmentGoal {
	id: number;
	/** Name of a ready-made segment. */
	segment: string;
	setBy: string;
	setAt: Instant;
}

/**
 * How many were in the segment on the day the goal was set (who comes back may have left it since, and counts all the same), and how many of them
 * are where the goal wants them.
 */
export interface GoalCounts {
	members: number;
	/** On the day it was set. */
	atStart: number;
	/** On the day that `goalDay` names. */
	there: number;
}
