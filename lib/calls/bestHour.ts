import { DateTime } from 'luxon';
import type { CallTry } from '../domain/calls';
import { instantAt, localDate, plusDays, plusMinutes, type Instant } from '../domain/time';

export const DAY_PARTS = ['morning', 'afternoon', 'evening'] as const;
export type DayPart = (typeof DAY_PARTS)[number];

/** Hours of the shop's clock. The contact rules cut off what is not allowed. */
const HOURS: Record<DayPart, { from: string; to: string }> = { morning: { from: '09:00', to: '13:00' }, afternoon: { from: '13:00', to: '17:00' }, evening: { from: '17:00', to: '20:00' } };
/** Nobody is rung twice within so many minutes because nobody answered. */
const PAUSE_MINUTES = 120;
/** Days that are looked through for the part of the day that suits. */
const LOOK_AHEAD = 14;

/** A span in which calls are allowed, as the contact rules give it: the first that has not ended at a moment. */
export type AllowedSpan = (from: Instant) => { from: Instant; to: Instant };

/**
 * Parts of the day, the likeliest to find this person first: where somebody answered before, then where nobody has tried, then where it was in
 * vain least often. Of equals the later in the day, when more people are at home.
 */
export function bestParts(tries: readonly CallTry[], zone: string): DayPart[] {
	const score = new Map(DAY_PARTS.map((part) => [part, 0]));
	for (const { at, outcome } of tries) {
		if (outcome === 'wrongNumber') continue;
		const part = partOf(at, zone);
		score.set(part, (score.get(part) as number) + (outcome === 'notReached' ? -1 : 1));
	}
	return [...DAY_PARTS].reverse().sort((one, other) => (score.get(other) as number) - (score.get(one) as number));
}

/** The part of the day that the shop's clock shows. */
export function partOf(at: Instant, zone: string): DayPart {
	const time = DateTime.fromISO(at, { zone }).toFormat('HH:mm');
	return time < HOURS.afternoon.from ? 'morning' : time < HOURS.evening.from ? 'afternoon' : 'evening';
}

/**
 * When to try again after nobody answered: the next time of the part of the day that suits best, as far as calls are allowed then.
 * @param tries of this customer, the one that just failed included
 */
export function nextTry(now: Instant, tries: readonly CallTry[], zone: string, allowed: AllowedSpan): Instant {
	const [part] = bestParts(tries, zone);
	const earliest = plusMinutes(now, PAUSE_MINUTES);
	for (let ahead = 0; ahead <= LOOK_AHEAD; ahead++) {
		const day = plusDays(localDate(earliest, zone), ahead);
		const [begins, ends] = [instantAt(day, HOURS[part].from, zone), instantAt(day, HOURS[part].to, zone)];
		const from = begins > earliest ? begins : earliest;
		if (from >= ends) continue;
		const span = allowed(from);
		if (span.from < ends) return span.from > from ? span.from : from;
	}
	return allowed(earliest).from;
}
