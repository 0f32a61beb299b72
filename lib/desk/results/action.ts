import { GOALS, type Goal } from '../../domain/segmentGoal';
import { isLocalDate, type LocalDate } from '../../domain/time';
import { only, positive, typedLine, type Form } from '../../web/form';

/** A goal as it was typed. */
export interface TypedGoal {
	segment: string;
	goal: string;
	months: string;
	percent: string;
	dueOn: string;
}

/** A goal that can be, as far as a form tells. */
export interface WantedGoal {
	segment: string;
	goal: Goal;
	months?: number;
	/** Of a thousand. */
	target: number;
	dueOn: LocalDate;
}

/** The field that is wrong. */
export type ResultsFault = 'segment' | 'goal' | 'months' | 'target' | 'dueOn';

/** What the lead decides about goals. */
export type ResultsAction = { kind: 'setGoal'; typed: TypedGoal; wanted?: WantedGoal; fault?: ResultsFault } | { kind: 'endGoal'; id: number };

/** Reads a form of the page about the results; undefined where it is none. A goal that cannot be has a fault instead of what is wanted. */
export function readResultsAction(form: Form): ResultsAction | undefined {
	switch (only(form, 'action')) {
		case 'setGoal': {
			const field = (name: keyof TypedGoal) => typedLine(only(form, name)).slice(0, 50);
			const typed: TypedGoal = { segment: field('segment'), goal: field('goal'), months: field('months'), percent: field('percent'), dueOn: field('dueOn') };
			return { kind: 'setGoal', typed, ...wantedOf(typed) };
		}
		case 'endGoal': {
			const id = positive(only(form, 'goal'));
			return id ? { kind: 'endGoal', id } : undefined;
		}
		default:
			return undefined;
	}
}

function wantedOf({ segment, goal: name, months, percent, dueOn }: TypedGoal): { wanted: WantedGoal } | { fault: ResultsFault } {
	const goal = GOALS.find((one) => one === name);
	if (!segment) return { fault: 'segment' };
	if (!goal) return { fault: 'goal' };
	if (goal !== 'second-pair' && !positive(months)) return { fault: 'months' };
	if (!/^\d{1,3}(?:[.,]\d)?$/.test(percent)) return { fault: 'target' };
	if (!isLocalDate(dueOn)) return { fault: 'dueOn' };
	return { wanted: { segment, goal, ...(goal !== 'second-pair' && { months: positive(months) }), target: Math.round(Number(percent.replace(',', '.')) * 10), dueOn } };
}
