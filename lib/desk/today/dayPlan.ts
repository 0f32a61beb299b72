/** What waits for a person, in the order in which it matters. */
export const TASK_KINDS = ['uncertain', 'ticket', 'call', 'approval', 'letter', 'review'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** What one of each kind takes of the staff's time. Minutes. */
export type TaskMinutes = Record<TaskKind, number>;

/** A kind of work of today. */
export interface DayTask {
	kind: TaskKind;
	/** How many of it today has room for. */
	count: number;
	/** How many move to tomorrow. */
	tomorrow: number;
	/** What those of today take, rounded up. */
	minutes: number;
}

/** What waits, and how many calls the day has room for and has seen. */
export interface Waiting {
	counts: Record<TaskKind, number>;
	callsPerDay: number;
	callsMade: number;
}

/** The work of today: kinds of which something waits. Of the calls no more than the day has room for. */
export function planDay({ counts, callsPerDay, callsMade }: Waiting, minutes: TaskMinutes): DayTask[] {
	const room = Math.max(0, callsPerDay - callsMade);
	return TASK_KINDS.flatMap((kind) => {
		const waiting = counts[kind];
		const count = kind === 'call' ? Math.min(waiting, room) : waiting;
		return waiting > 0 ? [{ kind, count, tomorrow: waiting - count, minutes: Math.ceil(count * minutes[kind]) }] : [];
	});
}
