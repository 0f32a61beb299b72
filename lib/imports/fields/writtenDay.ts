import { fold } from '../../domain/text';
import type { LocalDate } from '../../domain/time';
import words from '../data/words.json';

const DAY_FIRST = /^(\d{1,2}) ?([/. -]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})$/;
const YEAR_FIRST = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})$/;
const COMPACT_YEAR_FIRST = /^((?:19|20)\d{2})(0[1-9]|1[0-2])(\d{2})$/;
const COMPACT_DAY_FIRST = /^(\d{2})(\d{2})((?:19|20)\d{2})$/;
/** 12 gennaio 1980, 12-gen-80, 1° gen. 1980, 12th of January 1980, lunedì 12 gennaio 1980. */
const NAMED_MONTH = /^(?:(?:lun|mar|mer|gio|ven|sab|dom|mon|tue|wed|thu|fri|sat|sun)\p{L}*,? )?(\d{1,2})(?:°|º|st|nd|rd|th)?[ ./-]{0,2}(?:of )?(\p{L}{3,9})\.?[ ,./-]{0,2}'?(\d{4}|\d{2})$/iu;
/** January 12, 1980; Jan. 12th 1980. */
const NAMED_MONTH_FIRST = /^(\p{L}{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/iu;
const MONTH_OF = new Map(words.months.flatMap((names, index) => names.map((name) => [fold(name), String(index + 1)] as const)));

/**
 * The day that a text writes, as `YYYY-MM-DD`, whether or not it exists; undefined where it is in no form known here.
 * @param today local date; a year of two digits is the latest in which the day does not lie after it
 */
export function writtenDay(text: string, today: LocalDate): string | undefined {
	const dayFirst = DAY_FIRST.exec(text);
	if (dayFirst) return inFullYear(dayFirst[4], dayFirst[3], dayFirst[1], today);
	const yearFirst = YEAR_FIRST.exec(text);
	if (yearFirst) return iso(yearFirst[1], yearFirst[3], yearFirst[4]);
	const compact = COMPACT_YEAR_FIRST.exec(text);
	if (compact) return iso(compact[1], compact[2], compact[3]);
	const compactDayFirst = COMPACT_DAY_FIRST.exec(text);
	if (compactDayFirst) return iso(compactDayFirst[3], compactDayFirst[2], compactDayFirst[1]);
	const named = NAMED_MONTH.exec(text);
	if (named) return inNamedMonth(named[3], named[2], named[1], today);
	const namedFirst = NAMED_MONTH_FIRST.exec(text);
	return namedFirst ? inNamedMonth(namedFirst[3], namedFirst[1], namedFirst[2], today) : undefined;
}

function inNamedMonth(year: string, name: string, day: string, today: LocalDate): string | undefined {
	const month = MONTH_OF.get(fold(name));
	return month && inFullYear(year, month, day, today);
}

/** Births and consents are in the past. */
function inFullYear(year: string, month: string, day: string, today: LocalDate): string {
	if (year.length === 4) return iso(year, month, day);
	const century = Number(today.slice(0, 2));
	const written = iso(`${century}${year}`, month, day);
	return written <= today ? written : iso(`${century - 1}${year}`, month, day);
}

function iso(year: string, month: string, day: string): string {
	return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
