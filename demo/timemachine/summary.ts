import type { LocalDate } from '../../lib/domain/time';
import type { CheckResult } from './check/check';
import type { History } from './check/history';

/** What became of the occasions of a kind in a year. */
export interface KindCount {
	/** Entered in the ledger in that year. */
	occasions: number;
	/** Messages that left in that year, calls left out. */
	messages: number;
	calls: number;
	/** Occasions that a decision stopped, by its reason code. */
	blocked: Record<string, number>;
	/** Occasions that came to nothing in another way: dropped, stopped because the customer came, and so on, by reason code. */
	dropped: Record<string, number>;
}

/** What a run prints: one JSON object. */
export interface Summary {
	ok: boolean;
	from: LocalDate;
	/** The last day. */
	to: LocalDate;
	seed: number;
	days: number;
	/** Days on which nothing ran. */
	downDays: number;
	customers: { first: number; ever: number };
	cpuSeconds: number;
	messages: number;
	calls: number;
	/** Year, then kind. */
	years: Record<string, Record<string, KindCount>>;
	/** Items that no step could handle, by what was wrong. */
	problems: Record<string, number>;
	invariants: CheckResult[];
}

/** Violations of one kind that the summary names. */
const NAMED = 20;

/** Sums up a run and what the checker found in it. */
export function summarize(history: History, results: readonly CheckResult[], cpuSeconds: number): Summary {
	const years: Summary['years'] = {};
	const countOf = (year: string, kind: string): KindCount => ((years[year] ??= {})[kind] ??= { occasions: 0, messages: 0, calls: 0, blocked: {}, dropped: {} });
	for (const { kind, created_at, outcome, reason } of history.occasions) {
		const count = countOf(created_at.slice(0, 4), kind);
		count.occasions++;
		if (outcome === 'message' || outcome === null) continue;
		const reasons = outcome === 'blocked' ? count.blocked : count.dropped;
		reasons[reason ?? outcome] = (reasons[reason ?? outcome] ?? 0) + 1;
	}
	for (const { day, occasion, channel } of history.sendings) countOf(day.slice(0, 4), occasion.kind)[channel === 'call' ? 'calls' : 'messages']++;
	const calls = history.sendings.filter(({ channel }) => channel === 'call').length;
	return {
		ok: results.every(({ result }) => result !== 'broken'),
		from: history.from,
		to: history.last,
		seed: history.seed,
		days: history.days,
		downDays: history.down.size,
		customers: { first: history.count, ever: history.customers.size },
		cpuSeconds: Math.round(cpuSeconds * 10) / 10,
		messages: history.sendings.length - calls,
		calls,
		years,
		problems: history.recording.problems,
		invariants: results.map((one) => ({ ...one, violations: one.violations.slice(0, NAMED) })),
	};
}
