import type { DuePlan } from '../domain/dueSearch';
import { plusDays, type LocalDate } from '../domain/time';
import type { DueKind, DueWindow } from './dueKind';
import { afterDays, NO_DAYS } from './spans';

/** Since when a kind is looked for, and from which due day on. */
export interface KindStart {
	activatedOn: LocalDate;
	startsOn: LocalDate;
}

/** How long somebody is left in peace, by default, before the next contact that can wait. Days. */
export const REST_DAYS = 14;
/** How far back the count of those looks who were due before a kind was looked for first. Years. */
const COUNTED_YEARS = 3;

/**
 * What to look for on a day. A kind that was looked for yesterday already has its whole window; one that begins today has what is due from
 * `startsOn` on, and what of it lies in the past is caught up within one window from the first day.
 * @param startOf since when each kind is looked for
 */
export function duePlan(kinds: readonly DueKind[], startOf: (kind: DueKind) => KindStart, { today, restDays }: { today: LocalDate; restDays: number }): DuePlan {
	return {
		today,
		restDays,
		searches: kinds.flatMap((kind) => kind.searches(windowFrom(today, startOf(kind)), today)),
		followUps: kinds.flatMap((kind) => {
			const waits = kind.searches(() => NO_DAYS, today).some((search) => search.waits);
			const first = plusDays(today, -kind.windowDays);
			const window = { first, last: today, lateDays: kind.windowDays, countedFrom: first };
			return kind.followUps.map(({ stage, afterDays: pause, class: messageClass }) => ({ kind: kind.kind, stage, class: messageClass, waits, when: afterDays(window, pause) }));
		}),
		expiresOn: Object.fromEntries(kinds.map(({ kind, windowDays }) => [kind, plusDays(today, windowDays)])),
	};
}

function windowFrom(today: LocalDate, { activatedOn, startsOn }: KindStart): DueWindow {
	return (lateDays, aheadDays = 0) => {
		const isNew = today <= plusDays(activatedOn, lateDays);
		const earliest = plusDays(today, -lateDays);
		const first = isNew || startsOn > earliest ? startsOn : earliest;
		return { first, last: plusDays(today, aheadDays), lateDays, countedFrom: activatedOn };
	};
}

/** What was due in the years before a kind begins: for counting those who are left out. */
export function olderPlan(kind: DueKind, { startsOn }: KindStart, today: LocalDate): DuePlan {
	const older: DueWindow = () => ({ first: plusDays(startsOn, -COUNTED_YEARS * 365), last: plusDays(startsOn, -1), lateDays: 0, countedFrom: today });
	return { today, restDays: 0, searches: kind.searches(older, today), followUps: [], expiresOn: { [kind.kind]: today } };
}
