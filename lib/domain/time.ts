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

/** The moment at which a wall clock in `zone` shows `time` (`HH:MM`) on that day: the first of two; where the clock skips it, as long after midnight as usual. */
export function instantAt(day: LocalDate, time: string, zone: string): Instant {
	return DateTime.fromISO(`${day}T${time}`, { zone }).toUTC().toISO() as Instant;
}

/** Whether the text is an existing calendar day written `YYYY-MM-DD`. */
export function isLocalDate(text: string): text is LocalDate {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	// Not Luxon: an import asks this for every row. A day that does not exist comes back as another one.
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day that lies `days` after `day` (negative: before). */
export function plusDays(day: LocalDate, days: number): LocalDate {
	// Not Luxon: a search for who is due asks this for thousands of days.
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The same day `months` later (negative: earlier). Where that month is too short it is its last day: six months after 31 August are
 * 28 February, or the 29th of a leap year.
 */
export function plusMonths(day: LocalDate, months: number): LocalDate {
	const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
	const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
	const date = Math.min(Number(day.slice(8)), daysInMonth(year, month));
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** The days for which `plusMonths(day, months)` is this very day: none, one, or up to four at the end of a short month. */
export function monthsBefore(day: LocalDate, months: number): LocalDate[] {
	const latest = plusMonths(day, -months);
	if (plusMonths(latest, months) !== day) return [];
	const [year, month, date] = latest.split('-').map(Number);
	// Only the last day of a month gathers those that its own month lacks.
	const last = Number(day.slice(8)) === daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7))) ? daysInMonth(year, month) : date;
	return Array.from({ length: last - date + 1 }, (_, more) => `${latest.slice(0, 8)}${String(date + more).padStart(2, '0')}`);
}

function daysInMonth(year: number, month: number): number {
	return month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
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

/** The instants at which a calendar day of `zone` begins, and at which the next one does. A day that the zone left out begins and ends at once. */
export function localDayBounds(day: LocalDate, zone: string): { from: Instant; to: Instant } {
	return { from: startOfDay(day, zone), to: startOfDay(plusDays(day, 1), zone) };
}

function startOfDay(day: LocalDate, zone: string): Instant {
	let start: Instant = DateTime.fromISO(day, { zone }).startOf('day').toUTC().toISO() as Instant;
	// Where the clock goes back at one o'clock there are two midnights, and Luxon names the second.
	while (localDate(plusMinutes(start, -1), zone) === day) start = plusMinutes(start, -30);
	return start;
}

/** The instant at which the calendar day of `now` began in `zone`. */
export function startOfLocalDay(now: Instant, zone: string): Instant {
	return startOfDay(localDate(now, zone), zone);
}
