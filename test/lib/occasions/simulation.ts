import { birthdayOccasion, birthdayWindow, isNewBirthday } from '../../../lib/occasions/birthday';
import type { BirthdayDays } from '../../../lib/occasions/birthdaySettings';
import { daysBetween, localDate, type LocalDate } from '../../../lib/domain/time';

export interface Person {
	id: number;
	birthDate: LocalDate;
}

export interface Greeting {
	id: number;
	dueOn: LocalDate;
	/** The local day of the poll that emitted it. */
	on: LocalDate;
}

export type Ledger = Map<number, Set<LocalDate>>;

/** What the trigger and the store do together, day by day: one poll for each day of `polls`, the ledger kept in between. */
export function simulate(people: Person[], polls: LocalDate[], settings: BirthdayDays, ledger: Ledger = new Map()): Greeting[] {
	const byMonthDay = Map.groupBy(people, (person) => person.birthDate.slice(5));
	const greetings: Greeting[] = [];
	for (const today of polls) {
		for (const { dueOn, monthDays } of birthdayWindow(today, settings)) {
			for (const { id, birthDate } of monthDays.flatMap((monthDay) => byMonthDay.get(monthDay) ?? [])) {
				const dueOns = ledger.get(id) ?? new Set();
				ledger.set(id, dueOns);
				if (!birthdayOccasion(birthDate, dueOn, today) || !isNewBirthday(dueOn, near(dueOns, dueOn))) continue;
				dueOns.add(dueOn);
				greetings.push({ id, dueOn, on: today });
			}
		}
	}
	return greetings;
}

/** The due days in the years around `dueOn`, as the store's range of an index would find them. */
function near(dueOns: Set<LocalDate>, dueOn: LocalDate): LocalDate[] {
	const year = Number(dueOn.slice(0, 4));
	return [...dueOns].filter((known) => Math.abs(Number(known.slice(0, 4)) - year) <= 1);
}

/**
 * The local days of polls at uneven moments from `start` to `end`, never further apart than `mostDays` of the calendar
 * (save where the zone itself left out a day).
 * @param fractions how much of the allowed pause each poll waits, over and over
 */
export function pollDays(zone: string, start: number, end: number, mostDays: number, fractions: number[]): LocalDate[] {
	const days: LocalDate[] = [];
	const hour = 3_600_000;
	for (let now = start, turn = 0; now <= end; turn++) {
		const today = dayIn(zone, now);
		days.push(today);
		let pause = Math.max(hour, fractions[turn % fractions.length] * mostDays * 24 * hour);
		while (pause > hour && daysBetween(today, dayIn(zone, now + pause)) > mostDays) pause = Math.max(hour, pause - 6 * hour);
		now += pause;
	}
	return days;
}

function dayIn(zone: string, moment: number): LocalDate {
	return localDate(new Date(moment).toISOString(), zone);
}
