import { plusDays, type LocalDate } from '../../domain/time';

/** Italian holidays of fixed day. Source: RULES 22; L. 260/1949. */
const FIXED = ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '11-01', '12-08', '12-25', '12-26'];
/** Saint Francis is one from 2026 on (L. 151/2025). */
const SAINT_FRANCIS = '10-04';
const SAINT_FRANCIS_FROM = 2026;

/** Easter Sunday of a year of the Gregorian calendar (the "anonymous" computus). */
export function easterOf(year: number): LocalDate {
	const golden = year % 19;
	const century = Math.floor(year / 100);
	const correction = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25);
	const epact = (19 * golden + correction + 15) % 30;
	const fullMoon = epact - Math.floor(epact / 28) * (1 - Math.floor(29 / (epact + 1)) * Math.floor((21 - golden) / 11));
	const weekday = (year + Math.floor(year / 4) + fullMoon + 2 - century + Math.floor(century / 4)) % 7;
	return plusDays(`${year}-03-28`, fullMoon - weekday);
}

/**
 * Whether nobody is written to on this day: a Sunday, a national holiday, or the town's patron saint.
 * @param patronSaint `MM-DD`
 */
export function isHoliday(day: LocalDate, patronSaint?: string): boolean {
	const year = Number(day.slice(0, 4));
	const monthDay = day.slice(5);
	return (
		weekdayOf(day) === 0 ||
		FIXED.includes(monthDay) ||
		monthDay === patronSaint ||
		(monthDay === SAINT_FRANCIS && year >= SAINT_FRANCIS_FROM) ||
		day === plusDays(easterOf(year), 1)
	);
}

/** 0 is Sunday. */
export function weekdayOf(day: LocalDate): number {
	return new Date(`${day}T00:00:00Z`).getUTCDay();
}
