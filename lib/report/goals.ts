import { daysBetween, plusMonths, type LocalDate } from '../domain/time';

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

/** A customer who was in the segment on the day the goal was set: who comes back may have left it since, and counts all the same. */
export interface GoalMember {
	/** Days in the shop. */
	visits: readonly LocalDate[];
	/** Days on which the shop and the customer had to do with each other: messages delivered, calls, visits. */
	contacts: readonly LocalDate[];
	/** Spectacles: in use from the first day to the day before `until`. */
	pairs: ReadonlyArray<{ from: LocalDate; until: LocalDate }>;
}

/**
 * `on-the-way` is at least where a straight line from the start to the target would be today, `behind` is not; `missed`: the day is past;
 * `nobody`: the segment was empty.
 */
export type GoalState = 'reached' | 'on-the-way' | 'behind' | 'missed' | 'nobody';

export interface GoalProgress {
	state: GoalState;
	members: number;
	/** How many are where they shall be ... */
	there: number;
	/** ... and of a thousand: on the day it was set, and now. Absent where there is nobody. */
	startPermille?: number;
	permille?: number;
	/** How many more it takes. */
	missing: number;
	/** Until the due day, or until the months of a `return` are over; 0 on the day and after it. */
	daysLeft: number;
}

/**
 * How far a goal is. After the due day, or once the months of a `return` are over, it says how things stood on that day.
 * Throws RangeError on a goal that cannot be: no months where they are needed, a target that is no whole number from 1 to 1000, due before it was set.
 */
export function goalProgress(goal: SegmentGoal, members: readonly GoalMember[], today: LocalDate): GoalProgress {
	check(goal);
	const { target, setOn } = goal;
	const lastDay = lastDayOf(goal);
	const day = today < lastDay ? today : lastDay;
	const thereOn = (on: LocalDate) => members.filter((member) => isThere(goal, member, on)).length;
	const [there, atStart] = [thereOn(day), thereOn(setOn)];
	const missing = Math.max(0, Math.ceil((target * members.length) / 1000) - there);
	const progress = { members: members.length, there, missing, daysLeft: Math.max(0, daysBetween(today, lastDay)) };
	if (members.length === 0) return { state: 'nobody', ...progress };
	const [permille, startPermille] = [there, atStart].map((count) => (count * 1000) / members.length);
	const passed = daysBetween(setOn, day) / daysBetween(setOn, lastDay);
	const onTheLine = startPermille + (target - startPermille) * passed;
	const state = missing === 0 ? 'reached' : today > lastDay ? 'missed' : permille >= onTheLine ? 'on-the-way' : 'behind';
	return { state, ...progress, startPermille, permille };
}

function lastDayOf({ goal, months = 0, dueOn, setOn }: SegmentGoal): LocalDate {
	const ofReturn = plusMonths(setOn, months);
	return goal === 'return' && ofReturn < dueOn ? ofReturn : dueOn;
}

function isThere({ goal, months = 0, setOn }: SegmentGoal, { visits, contacts, pairs }: GoalMember, day: LocalDate): boolean {
	if (goal === 'return') return visits.some((visit) => visit > setOn && visit <= day);
	if (goal === 'stay-in-touch') return contacts.some((contact) => contact > plusMonths(day, -months) && contact <= day);
	return pairs.filter(({ from, until }) => from <= day && day < until).length >= 2;
}

function check({ goal, months, target, dueOn, setOn }: SegmentGoal): void {
	if (goal !== 'second-pair' && !(Number.isInteger(months) && Number(months) > 0)) throw new RangeError(`Not a number of months: ${months}`);
	if (!Number.isInteger(target) || target < 1 || target > 1000) throw new RangeError(`Not a target of 1 to 1000 permille: ${target}`);
	if (dueOn <= setOn) throw new RangeError(`Due before it was set: ${dueOn}, ${setOn}`);
}
