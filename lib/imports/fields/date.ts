import { localDate, type LocalDate } from '../../domain/time';
import { isAbsent } from './words';

/** What the reading of a date depends on. */
export interface DateContext {
	/** Local date of the shop; two-digit years are the latest ones up to it. */
	today: LocalDate;
	/** The shop's IANA zone, for values that carry an offset. */
	timeZone: string;
}

/** A day, or why there is none; neither where the cell is empty. */
export interface ParsedDate {
	value?: LocalDate;
	problem?: 'UNREADABLE' | 'IMPOSSIBLE';
}

const WITH_TIME = /^(.+?)(?:[T ] ?(\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?) ?(?:[AP]M|(Z|[+-]\d{2}:?\d{2}))?)?$/i;
const DAY_FIRST = /^(\d{1,2}) ?([/. -]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})$/;
const YEAR_FIRST = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})$/;
const COMPACT_YEAR_FIRST = /^((?:19|20)\d{2})(0[1-9]|1[0-2])(\d{2})$/;
const COMPACT_DAY_FIRST = /^(\d{2})(\d{2})((?:19|20)\d{2})$/;
/** The day zero of Delphi and Access, of Excel, of SQL Server and of .NET: what programs write for "no date". */
const DAY_ZERO = new Set(['1899-12-30', '1899-12-31', '1900-01-01', '1753-01-01', '0001-01-01']);

/**
 * Reads gg/mm/aaaa, g/m/aa, gg-mm-aaaa, gg.mm.aaaa, ggmmaaaa, aaaa-mm-gg, aaaa/mm/gg and aaaammgg, each also with a time of day. An empty
 * date, 00/00/0000 and the day zero of well-known programs count as absent.
 */
export function parseDate(text: string, context: DateContext): ParsedDate {
	if (isAbsent(text) || /^[0 /.:T-]+$/.test(text)) return {};
	const [, day, time, offset] = WITH_TIME.exec(text) ?? [];
	const written = day === undefined ? undefined : writtenDay(day.trim(), context.today);
	if (written === undefined) return { problem: 'UNREADABLE' };
	if (DAY_ZERO.has(written)) return {};
	if (!exists(written)) return { problem: 'IMPOSSIBLE' };
	return { value: offset !== undefined && time !== undefined ? dayInZone(written, time, offset, context.timeZone) : written };
}

/** The day as `YYYY-MM-DD`, whether or not it exists. */
function writtenDay(text: string, today: LocalDate): string | undefined {
	const dayFirst = DAY_FIRST.exec(text);
	if (dayFirst) return inFullYear(dayFirst[4], dayFirst[3], dayFirst[1], today);
	const yearFirst = YEAR_FIRST.exec(text);
	if (yearFirst) return iso(yearFirst[1], yearFirst[3], yearFirst[4]);
	const compact = COMPACT_YEAR_FIRST.exec(text);
	if (compact) return iso(compact[1], compact[2], compact[3]);
	const compactDayFirst = COMPACT_DAY_FIRST.exec(text);
	return compactDayFirst ? iso(compactDayFirst[3], compactDayFirst[2], compactDayFirst[1]) : undefined;
}

/** A year of two digits is the latest such year in which the day does not lie after today: births and consents are in the past. */
function inFullYear(year: string, month: string, day: string, today: LocalDate): string {
	if (year.length === 4) return iso(year, month, day);
	const century = Number(today.slice(0, 2));
	const written = iso(`${century}${year}`, month, day);
	return written <= today ? written : iso(`${century - 1}${year}`, month, day);
}

function iso(year: string, month: string, day: string): string {
	return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** As `isLocalDate`, for a text known to be `YYYY-MM-DD`: ten times as fast, which counts in a million rows. */
function exists(written: string): boolean {
	const time = Date.parse(`${written}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(written);
}

/** A moment with an offset is the day that it was in the shop. Midnight UTC is how spreadsheets write a day without a time. */
function dayInZone(day: LocalDate, time: string, offset: string, timeZone: string): LocalDate {
	const [hours, minutes] = time.split(/[:.]/);
	if (/^z$/i.test(offset) && Number(hours) === 0 && Number(minutes) === 0) return day;
	const instant = new Date(`${day}T${hours.padStart(2, '0')}:${minutes}:00${offset.toUpperCase()}`);
	return Number.isNaN(instant.getTime()) ? day : localDate(instant.toISOString(), timeZone);
}
