import type { GoalCounts, SegmentGoal } from '../../../lib/domain/segmentGoal';
import { plusMonths, type LocalDate } from '../../../lib/domain/time';

/** A customer who was in the segment on the day the goal was set. */
export interface GoalMember {
	/** Days on which the customer bought, was examined or kept an appointment. */
	visits: readonly LocalDate[];
	/** Days on which a message arrived. */
	contacts: readonly LocalDate[];
	/** Spectacles: in use from the first day to the day before `until`. */
	pairs: ReadonlyArray<{ from: LocalDate; until: LocalDate }>;
}

/** Who is there, one customer after the other. */
export function obviousCounts(goal: SegmentGoal, members: readonly GoalMember[], day: LocalDate): GoalCounts {
	const count = (on: LocalDate) => members.filter((member) => isThere(goal, member, on)).length;
	return { members: members.length, atStart: count(goal.setOn), there: count(day) };
}

function isThere({ goal, months = 0, setOn }: SegmentGoal, { visits, contacts, pairs }: GoalMember, day: LocalDate): boolean {
	if (goal === 'return') return visits.some((visit) => visit > setOn && visit <= day);
	if (goal === 'stay-in-touch') return [...contacts, ...visits].some((contact) => contact > plusMonths(day, -months) && contact <= day);
	return pairs.filter(({ from, until }) => from <= day && day < until).length >= 2;
}
