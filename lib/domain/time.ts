import { DateTime } from 'luxon';

/** A calendar day of the shop's time zone, `YYYY-MM-DD`. Sorts as text. */
export type LocalDate = string;

/** A moment in UTC, ISO 8601 with milliseconds and `Z`. Sorts as text. */
export type Instant = string;

/** The instant of a JavaScript date. The clock is always passed in, so that years can be replayed. */
export function instantOf(date: Date): Instant {
	return date.toISOString();
}

/** `start` moved by a number of minutes (negative: back). */
export function plusMinutes(start: Instant, minutes: number): Instant {
	return new Date(Date.parse(start) + minutes * 60_000).toISOString();
}

/** The calendar day that a wall clock in `zone` shows at `now`. Throws on a zone that the IANA list does not hold. */
export function localDate(now: Instant, zone: string): LocalDate {
	const local = DateTime.fromISO(now, { zone });
	if (!local.isValid) throw new RangeError(`Not a time or time zone: ${now}, ${zone}`);
	return local.toISODate();
}

/** Whether the text is an existing calendar day written `YYYY-MM-DD`. */
export function isLocalDate(text: string): text is LocalDate {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	// Counted, not asked of Luxon or Date: an import asks this several times for every row.
	const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
	const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
	return day >= 1 && day <= (DAYS_OF_MONTH[month - 1] ?? 0) + leapDay;
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The day that lies `days` after `day` (negative: before). */
export function plusDays(day: LocalDate, days: number): LocalDate {
	// Days of UTC all have 24 hours.
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The Monday of the week in which a day lies. */
export function mondayOf(day: LocalDate): LocalDate {
	return plusDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** The day so many months after `day` (negative: before); where that month has no such day, its last one. */
export function plusMonths(day: LocalDate, months: number): LocalDate {
	return DateTime.fromISO(day, { zone: 'utc' }).plus({ months }).toISODate() as LocalDate;
}

/** How many days `later` lies after `earlier`; negative when it lies before. */
export function daysBetween(earlier: LocalDate, later: LocalDate): number {
	return Math.round((Date.parse(`${later}T00:00:00Z`) - Date.parse(`${earlier}T00:00:00Z`)) / 86_400_000);
}

/** The completed years of life on `day`. Someone born on 29 February completes a year on 1 March of common years: the later, safer day for a minor. */
export function ageOn(birthDate: LocalDate, day: LocalDate): number {
	const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
	return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The instant at which the calendar day of `now` began in `zone`. */
export function startOfLocalDay(now: Instant, zone: string): Instant {
	return DateTime.fromISO(now, { zone }).startOf('day').toUTC().toISO() as Instant;
}
