import { instantOf, plusDays, type Instant, type LocalDate } from '../../domain/time';
import { DateTime } from 'luxon';
import type { Parsed } from '../parsed';
import { parseDate, type DateContext } from './date';
import { serialDay } from './serialDay';

/** No shop program is older; such a day is a slip of the keyboard. */
const EARLIEST = '1950-01-01';
/** A year of two digits may lie ahead by ten years: the next check, or a slip that should be seen as one. */
const DAYS_AHEAD = 3650;
const TIME = /[T ](\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)? ?(Z|[+-]\d{2}:?\d{2})?$/i;

/** A day of a sale, an exam or an appointment; whether it may lie ahead is for the record to say. */
export function recordDate(text: string, context: DateContext): Parsed<LocalDate> {
	const { value, problem } = parseDate(text, { ...context, today: plusDays(context.today, DAYS_AHEAD) });
	if (problem || (value !== undefined && value < EARLIEST)) return { problem: 'DATE_UNUSABLE' };
	return value === undefined ? {} : { value };
}

/** A day with its time, as a clock in the shop shows it unless an offset is written. */
export function moment(text: string, context: DateContext): Parsed<Instant> {
	// A number without a fraction is a day without its time.
	const serial = /\D/.test(text) ? serialDay(text) : undefined;
	if (serial) return atClock(text, `${twoDigits(Math.floor(serial.minutes / 60))}:${twoDigits(serial.minutes % 60)}`, context);
	const [, hours, minutes, offset] = TIME.exec(text) ?? [];
	if (hours === undefined) return { problem: 'TIME_UNUSABLE' };
	if (offset) {
		const instant = new Date(text.replace(' ', 'T'));
		return Number.isNaN(instant.getTime()) ? { problem: 'TIME_UNUSABLE' } : { value: instantOf(instant) };
	}
	return atClock(text.replace(TIME, ''), `${twoDigits(Number(hours))}:${minutes}`, context);
}

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}

function atClock(date: string, time: string, context: DateContext): Parsed<Instant> {
	const { value: day } = recordDate(date, context);
	const local = DateTime.fromISO(`${day ?? ''}T${time}`, { zone: context.timeZone });
	return local.isValid ? { value: instantOf(local.toJSDate()) } : { problem: 'TIME_UNUSABLE' };
}
