import { isLocalDate, localDate, type LocalDate } from '../../domain/time';
import { serialDay } from './serialDay';
import { isAbsent } from './words';
import { writtenDay } from './writtenDay';

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

const WITH_TIME = /^(.+?)(?:[T ] ?(\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?) ?(?:[AP]M|(Z|[+-]\d{2}:?\d{2}))?)$/i;
/** The day zero of Delphi and Access, of Excel, of SQL Server and of .NET: what programs write for "no date". */
const DAY_ZERO = new Set(['1899-12-30', '1899-12-31', '1900-01-01', '1753-01-01', '0001-01-01']);

/**
 * Reads gg/mm/aaaa, g/m/aa, gg-mm-aaaa, gg.mm.aaaa, ggmmaaaa, aaaa-mm-gg, aaaa/mm/gg, aaaammgg, months by name (12 gennaio 1980, 12-gen-80,
 * January 12, 1980) and a spreadsheet's serial numbers, each also with a time of day. An empty date, 00/00/0000 and the day zero of
 * well-known programs count as absent.
 */
export function parseDate(text: string, context: DateContext): ParsedDate {
	if (isAbsent(text) || /^[0 /.:T-]+$/.test(text)) return {};
	const day = writtenDay(text, context.today) ?? serialDay(text)?.day;
	if (day !== undefined) return existing(day);
	const [, date, time, offset] = WITH_TIME.exec(text) ?? [];
	const written = date === undefined ? undefined : writtenDay(date.trim(), context.today);
	if (written === undefined) return { problem: 'UNREADABLE' };
	const found = existing(written);
	return found.value === undefined || offset === undefined ? found : { value: dayInZone(found.value, time, offset, context.timeZone) };
}

function existing(day: string): ParsedDate {
	if (DAY_ZERO.has(day)) return {};
	return isLocalDate(day) ? { value: day } : { problem: 'IMPOSSIBLE' };
}

/** A moment with an offset is the day that it was in the shop. Midnight UTC is how spreadsheets write a day without a time. */
function dayInZone(day: LocalDate, time: string, offset: string, timeZone: string): LocalDate {
	const [hours, minutes] = time.split(/[:.]/);
	if (/^z$/i.test(offset) && Number(hours) === 0 && Number(minutes) === 0) return day;
	const instant = new Date(`${day}T${hours.padStart(2, '0')}:${minutes}:00${offset.toUpperCase()}`);
	return Number.isNaN(instant.getTime()) ? day : localDate(instant.toISOString(), timeZone);
}
