import type { GoalProgress } from '../domain/report';
import type { GoalCounts, SegmentGoal } from '../domain/segmentGoal';
import { daysBetween, plusMonths, type LocalDate } from '../domain/time';

/** The day on which it is looked at who is there: today; after the due day, or once the months of a `return` are over, that day. */
export function goalDay(goal: SegmentGoal, today: LocalDate): LocalDate {
	const last = lastDayOf(goal);
	return today < last ? today : last;
}

/**
 * How far a goal is. After its last day it says how things stood on that day.
 * @param counts those of `goalDay`
 * @throws RangeError on a goal that cannot be; see `goalFault`
 */
export function goalProgress(goal: SegmentGoal, { members, atStart, there }: GoalCounts, today: LocalDate): GoalProgress {
	const fault = goalFault(goal);
	if (fault) throw new RangeError(`Not a goal that can be: ${fault}`);
	const { target, setOn } = goal;
	const [lastDay, day] = [lastDayOf(goal), goalDay(goal, today)];
	const missing = Math.max(0, Math.ceil((target * members) / 1000) - there);
	const progress = { members, there, missing, daysLeft: Math.max(0, daysBetween(today, lastDay)) };
	if (members === 0) return { state: 'nobody', ...progress };
	const [permille, startPermille] = [there, atStart].map((count) => (count * 1000) / members);
	const passed = daysBetween(setOn, day) / daysBetween(setOn, lastDay);
	const onTheLine = startPermille + (target - startPermille) * passed;
	const state = missing === 0 ? 'reached' : today > lastDay ? 'missed' : permille >= onTheLine ? 'on-the-way' : 'behind';
	return { state, ...progress, startPermille, permille };
}

function lastDayOf({ goal, months = 0, dueOn, setOn }: SegmentGoal): LocalDate {
	const ofReturn = plusMonths(setOn, months);
	return goal === 'return' && ofReturn < dueOn ? ofReturn : dueOn;
}

/** Most months of a goal: who shall come back in more than ten years is not waited for. */
const MOST_MONTHS = 120;

/** What makes a goal impossible: no months where they are needed, a target that is no whole number from 1 to 1000, due before it was set. */
export function goalFault({ goal, months, target, dueOn, setOn }: SegmentGoal): 'months' | 'target' | 'dueOn' | undefined {
	if (goal !== 'second-pair' && !(Number.isInteger(months) && Number(months) > 0 && Number(months) <= MOST_MONTHS)) return 'months';
	if (!Number.isInteger(target) || target < 1 || target > 1000) return 'target';
	return dueOn <= setOn ? 'dueOn' : undefined;
}
