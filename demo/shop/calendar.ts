import { plusDays, type LocalDate } from '../../lib/domain/time';

/** How many days from today people's birthdays are known for. */
const WINDOW_DAYS = 7;

/** Whether the year has a 29 February. */
function isLeapYear(year: number): boolean {
	return new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
}

/** 29 February of this year, whether or not it has one: for `bornForAge`. */
export function leapDayOf(today: LocalDate): string {
	return `${today.slice(0, 4)}-02-29`;
}

/** The latest date of birth that makes a person at least `age` years old on `birthday`, with that very day as birthday. */
export function bornForAge(birthday: LocalDate, age: number): LocalDate {
	let year = Number(birthday.slice(0, 4)) - age;
	while (birthday.endsWith('02-29') && !isLeapYear(year)) year--;
	return `${year}${birthday.slice(4)}`;
}

/** The days (`MM-DD`) that are celebrated near today, 29 February with 28 February in common years. */
export function monthDaysNear(today: LocalDate, days = WINDOW_DAYS): Set<string> {
	const near = new Set<string>();
	for (let offset = -days; offset <= days; offset++) near.add(plusDays(today, offset).slice(5));
	if (near.has('02-28')) near.add('02-29');
	return near;
}

/** How many days before (negative) or after today somebody's birthday is celebrated; undefined when it is not near. */
export function birthdayFromToday(birthDate: LocalDate, today: LocalDate): number | undefined {
	for (let offset = -WINDOW_DAYS; offset <= WINDOW_DAYS; offset++) {
		const day = plusDays(today, offset);
		const leapBirthday = birthDate.endsWith('02-29') && !isLeapYear(Number(day.slice(0, 4))) ? '02-28' : birthDate.slice(5);
		if (day.slice(5) === leapBirthday) return offset;
	}
	return undefined;
}

/** Completed years of life; who was born on 29 February completes one on 1 March of common years. */
export function ageInYears(birthDate: LocalDate, day: LocalDate): number {
	const [year, month, date] = birthDate.split('-').map(Number);
	const [thisYear, thisMonth, thisDate] = day.split('-').map(Number);
	const reached = thisMonth > month || (thisMonth === month && thisDate >= date);
	return thisYear - year - (reached ? 0 : 1);
}
