import { CrmError } from '../domain/errors';
import type { ItemOccasion } from '../domain/item';
import { daysBetween, isLocalDate, plusDays, type LocalDate } from '../domain/time';
import { course, firstStage } from './course';
import { OLDEST_AGE, type BirthdayDays, type BirthdaySettings, type LeapDay } from './birthdaySettings';
import type { DueKind } from './dueKind';

/** A day of the window, and the birth days (`MM-DD`) that are celebrated on it. */
export interface BirthdayDay {
	dueOn: LocalDate;
	monthDays: string[];
}

/** The occasion part of an item for a birthday. */
export type BirthdayOccasion = Omit<ItemOccasion, 'id'> & { turns: number };

/** Two birthdays of one customer lie about 365 days apart; closer ones are the same birthday with a corrected date. */
export const SAME_BIRTHDAY_DAYS = 180;

/**
 * The due days that may be emitted today, with the birth days celebrated on each.
 *
 * Oldest due day first: its window closes soonest, so when a limit cuts the list, what is cut can still go tomorrow.
 * @param today local date of the shop's time zone
 * @throws CrmError when `today` is no calendar day
 */
export function birthdayWindow(today: LocalDate, settings: BirthdayDays): BirthdayDay[] {
	if (!isLocalDate(today)) {
		throw new CrmError('The day to look at birthdays for is not a calendar day.', 'Give it as YYYY-MM-DD, for example 2026-11-22.');
	}
	const { belatedDays, earlyDays, leapDay } = settings;
	return Array.from({ length: belatedDays + earlyDays + 1 }, (_, index) => {
		const dueOn = plusDays(today, index - belatedDays);
		return { dueOn, monthDays: monthDaysCelebratedOn(dueOn, leapDay) };
	});
}

/** In common years 29 February joins the day that the shop chose; in leap years it stands alone. */
function monthDaysCelebratedOn(day: LocalDate, leapDay: LeapDay): string[] {
	const monthDay = day.slice(5);
	const joined = monthDay === leapDay && !isLocalDate(`${day.slice(0, 4)}-02-29`);
	return joined ? [monthDay, '02-29'] : [monthDay];
}

/**
 * The occasion of a customer whose birthday is celebrated on `dueOn`; undefined where there is nothing to greet:
 * no calendar day, the day of birth itself, a birth date in the future, or an age above 120.
 * @param dueOn a day of `birthdayWindow` whose `monthDays` hold the customer's birth day
 * @param today local date of the shop's time zone
 */
export function birthdayOccasion(birthDate: LocalDate, dueOn: LocalDate, today: LocalDate): BirthdayOccasion | undefined {
	if (!isLocalDate(birthDate)) return undefined;
	const turns = yearOf(dueOn) - yearOf(birthDate);
	if (turns < 1 || turns > OLDEST_AGE) return undefined;
	return { kind: 'birthday', dueOn, stage: 1, class: 'relational', daysLate: daysBetween(dueOn, today), turns };
}

/**
 * Whether a birthday due on `dueOn` is not yet in the customer's ledger: no other birthday occasion lies within 180 days,
 * so that neither a corrected birth date nor another `leapDay` greets twice in a year.
 *
 * The plain reference for what the store does in SQL.
 * @param knownDueOns the due days of all birthday occasions of this customer, in any order
 */
export function isNewBirthday(dueOn: LocalDate, knownDueOns: Iterable<LocalDate>): boolean {
	for (const known of knownDueOns) {
		if (Math.abs(daysBetween(known, dueOn)) <= SAME_BIRTHDAY_DAYS) return false;
	}
	return true;
}

/** Birthdays as a kind of occasion. Its window is short by nature, so it needs no start of its own. */
export function birthdays(settings: BirthdaySettings): DueKind {
	const { belatedDays: windowDays, minAge, maxAge, round } = settings;
	return {
		...course('birthday', { windowDays, followUps: [], callLast: false }, (_, today) => [{
			...firstStage('birthday'),
			unlessBooked: false,
			fact: { of: 'birthday', round },
			same: { dueDays: SAME_BIRTHDAY_DAYS },
			when: {
				days: birthdayWindow(today, settings).flatMap(({ dueOn, monthDays }) => monthDays.map((on) => (
					{ dueOn, on, expiresOn: plusDays(dueOn, windowDays), from: `${yearOf(dueOn) - maxAge}-01-01`, to: `${yearOf(dueOn) - minAge + 1}-01-01` }))),
			},
		}]),
		startsEarly: true,
	};
}

function yearOf(day: LocalDate): number {
	return Number(day.slice(0, 4));
}
