import { DateTime } from 'luxon';
import type { Language } from '../domain/glossary';
import type { Instant, LocalDate } from '../domain/time';

/** `22 novembre 2026`; with `weekday` also `domenica`. */
export function dayInWords(day: LocalDate, language: Language, weekday = false): string {
	const format = weekday ? DateTime.DATE_HUGE : DateTime.DATE_FULL;
	return DateTime.fromISO(day, { zone: 'utc' }).setLocale(localeOf(language)).toLocaleString(format);
}

/** Day and time in the shop's zone, for example `22 nov 2026, 10:15`. */
export function momentInWords(at: Instant, zone: string, language: Language): string {
	return DateTime.fromISO(at, { zone }).setLocale(localeOf(language)).toLocaleString(DateTime.DATETIME_MED);
}

/** The time of day in the shop's zone: `10:15`. */
export function timeInWords(at: Instant, zone: string): string {
	return DateTime.fromISO(at, { zone }).toFormat('HH:mm');
}

/** Day before month in both languages: the shop is in Europe. */
function localeOf(language: Language): string {
	return language === 'en' ? 'en-GB' : language;
}
