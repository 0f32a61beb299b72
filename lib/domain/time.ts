import { DateTime } from 'luxon';
import { remembered } from './remember';

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

/** By how many minutes a wall clock in `zone` is ahead of UTC when a day of UTC begins; NaN where there is no such day or zone. */
const aheadAt = remembered((day: LocalDate, zone: string): number => DateTime.fromISO(`${day}T00:00:00Z`, { zone }).offset);

/**
 * The same for the days of UTC from `first` on, where that clock is not changed on any of them; undefined else. A batch asks for hundreds of moments of
 * a few days, and to ask Luxon for each takes ten times as long.
 */
function steadyAhead(first: LocalDate, days: number, zone: string): number | undefined {
	const ahead = aheadAt(first, zone);
	if (Number.isNaN(ahead)) return undefined;
	for (let day = 1; day <= days; day++) if (aheadAt(plusDays(first, day), zone) !== ahead) return undefined;
	return ahead;
}

/** The moment at which a wall clock in `zone` shows `time` on that day, where it is not changed around that day; undefined else. */
function steadyInstant(day: LocalDate, time: string, zone: string): Instant | undefined {
	if (!isLocalDate(day) || !/^\d\d:\d\d$/.test(time)) return undefined;
	const ahead = steadyAhead(plusDays(day, -1), 3, zone);
	const shown = Date.parse(`${day}T${time}:00Z`);
	return ahead === undefined || Number.isNaN(shown) ? undefined : new Date(shown - ahead * 60_000).toISOString();
}

/** The calendar day that a wall clock in `zone` shows at `now`. Throws on a zone that the IANA list does not hold. */
export const localDate = remembered((now: Instant, zone: string): LocalDate => {
	const ahead = now.endsWith('Z') ? steadyAhead(now.slice(0, 10), 1, zone) : undefined;
	const shown = ahead === undefined ? NaN : Date.parse(now) + ahead * 60_000;
	if (!Number.isNaN(shown)) return new Date(shown).toISOString().slice(0, 10);
	const local = DateTime.fromISO(now, { zone });
	if (!local.isValid) throw new RangeError(`Not a time or time zone: ${now}, ${zone}`);
	return local.toISODate();
});

/** The name of a time zone as the IANA list writes it, in whatever case it was given; undefined for anything else, an offset such as +02:00 included. */
export function timeZoneName(text: string): string | undefined {
	const name = text.trim().replace(/ /g, '_');
	if (!/^(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)$/i.test(name)) return undefined;
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
	} catch {
		return undefined;
	}
}

/** The moment at which a wall clock in `zone` shows `time` (`HH:MM`) on that day: the first of two; where the clock skips it, as long after midnight as usual. */
export const instantAt = remembered((day: LocalDate, time: string, zone: string): Instant =>
	steadyInstant(day, time, zone) ?? (DateTime.fromISO(`${day}T${time}`, { zone }).toUTC().toISO() as Instant));

/** Whether the text is an existing calendar day written `YYYY-MM-DD`. */
export function isLocalDate(text: string): text is LocalDate {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	// Counted, not asked of Luxon or Date: an import asks this several times for every row.
	const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
	return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The day that lies `days` after `day` (negative: before). */
export function plusDays(day: LocalDate, days: number): LocalDate {
	const moved = new Date(0);
	// Of numbers, not of texts: a search for who is due moves thousands of days.
	moved.setUTCFullYear(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)) + days);
	if (Number.isNaN(moved.getTime())) throw new RangeError(`Not a calendar day or number of days: ${day}, ${days}`);
	return written(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate());
}

function written(year: number, month: number, date: number): LocalDate {
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/**
 * The same day `months` later (negative: earlier). Where that month is too short it is its last day: six months after 31 August are
 * 28 February, or the 29th of a leap year.
 */
export function plusMonths(day: LocalDate, months: number): LocalDate {
	const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
	const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
	const date = Math.min(Number(day.slice(8)), daysInMonth(year, month));
	return written(year, month, date);
}

/** The last day of the month in which a day lies. */
export function endOfMonth(day: LocalDate): LocalDate {
	return `${day.slice(0, 8)}${daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)))}`;
}

function daysInMonth(year: number, month: number): number {
	return DAYS_OF_MONTH[month - 1] + (month === 2 && isLeapYear(year) ? 1 : 0);
}

function isLeapYear(year: number): boolean {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** The Monday of the week in which a day lies. */
export function mondayOf(day: LocalDate): LocalDate {
	return plusDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** How many days `later` lies after `earlier`; negative when it lies before. */
export function daysBetween(earlier: LocalDate, later: LocalDate): number {
	return Math.round((Date.parse(`${later}T00:00:00Z`) - Date.parse(`${earlier}T00:00:00Z`)) / 86_400_000);
}

/** Of age in Italy (Codice civile 2). Years. */
export const MAJORITY = 18;

/** The completed years of life on `day`. Someone born on 29 February completes a year on 1 March of common years: the later, safer day for a minor. */
export function ageOn(birthDate: LocalDate, day: LocalDate): number {
	const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
	return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The instants at which a calendar day of `zone` begins, and at which the next one does. A day that the zone left out begins and ends at once. */
export function localDayBounds(day: LocalDate, zone: string): { from: Instant; to: Instant } {
	return { from: startOfDay(day, zone), to: startOfDay(plusDays(day, 1), zone) };
}

const startOfDay = remembered((day: LocalDate, zone: string): Instant => {
	const steady = steadyInstant(day, '00:00', zone);
	if (steady !== undefined) return steady;
	let start: Instant = DateTime.fromISO(day, { zone }).startOf('day').toUTC().toISO() as Instant;
	// Where the clock goes back at one o'clock there are two midnights, and Luxon names the second.
	while (localDate(plusMinutes(start, -1), zone) === day) start = plusMinutes(start, -30);
	return start;
});

/** The instant at which the calendar day of `now` began in `zone`. */
export function startOfLocalDay(now: Instant, zone: string): Instant {
	return startOfDay(localDate(now, zone), zone);
}

/** The day on which somebody said something. Of a day only, a no is kept at its end in UTC: by the clock of Italy the next day has begun. */
export function dayOfWord(at: Instant, zone: string): LocalDate {
	return at.endsWith('T23:59:59.999Z') ? at.slice(0, 10) : localDate(at, zone);
}
