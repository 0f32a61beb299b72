import type { RateLimits, SenderState } from '../domain/sender';
import type { Instant, LocalDate } from '../domain/time';

/** No message is marked as being sent longer than this before its turn: after a crash it would be uncertain for nothing. Milliseconds. */
const AHEAD_MS = 10_000;

/** The clocks of two machines are not further apart. Milliseconds. */
const CLOCKS_APART_MS = 60_000;

/**
 * WhatsApp takes about one message each 6 seconds for one recipient (RULES 33). The next one to the same number waits so long after the last was marked as being sent, which
 * may have been as long ahead of its turn as is allowed. Milliseconds.
 */
export const SAME_NUMBER_MS = 6_000 + AHEAD_MS;

/** Room that a sender has just now. */
export interface Room {
	/** Messages that may be taken. */
	most: number;
	/** Why there is none: `RATE_LIMIT` (others have all turns of the next seconds) or `DAY_LIMIT` (tomorrow again). */
	why?: 'RATE_LIMIT' | 'DAY_LIMIT';
	/** How long until there is a turn. Milliseconds. */
	waitMs?: number;
}

/** How many messages of those wanted have a turn within the next seconds. */
export function roomFor(state: SenderState, limits: RateLimits, wanted: number, today: LocalDate, now: Instant): Room {
	const spacing = spacingOf(limits);
	const late = firstSlot(state, spacing, now) - Date.parse(now);
	const soon = spacing === 0 ? wanted : late > AHEAD_MS ? 0 : 1 + Math.floor((AHEAD_MS - late) / spacing);
	const left = limits.perDay > 0 ? Math.max(0, limits.perDay - countOf(state, today)) : wanted;
	if (left === 0) return { most: 0, why: 'DAY_LIMIT' };
	if (soon === 0) return { most: 0, why: 'RATE_LIMIT', waitMs: late - AHEAD_MS };
	return { most: Math.min(wanted, soon, left) };
}

/**
 * Reserves turns, evenly spaced and never in a burst, so that no second and no minute holds more than its limit, whoever asks.
 * @returns the instants in milliseconds, and the state in which the sender is for everybody else
 */
export function reserve(state: SenderState, limits: RateLimits, count: number, today: LocalDate, now: Instant): { slots: number[]; state: SenderState } {
	const spacing = spacingOf(limits);
	const first = firstSlot(state, spacing, now);
	const slots = Array.from({ length: count }, (_, index) => first + index * spacing);
	const nextAt = spacing === 0 ? undefined : new Date(Math.ceil(first + count * spacing)).toISOString();
	return { slots, state: { ...state, nextAt, day: today, dayCount: countOf(state, today) + count } };
}

function spacingOf({ perSecond, perMinute }: RateLimits): number {
	return Math.max(perSecond > 0 ? 1000 / perSecond : 0, perMinute > 0 ? 60_000 / perMinute : 0);
}

/** Nobody reserves a turn further ahead than this and its spacing: one that is was reserved by a clock that was ahead, and counts for nothing. */
function firstSlot({ nextAt }: SenderState, spacing: number, now: Instant): number {
	const [present, next] = [Date.parse(now), nextAt ? Date.parse(nextAt) : 0];
	return next > present + AHEAD_MS + spacing + CLOCKS_APART_MS ? present : Math.max(present, next);
}

function countOf({ day, dayCount }: SenderState, today: LocalDate): number {
	return day === today ? dayCount : 0;
}
