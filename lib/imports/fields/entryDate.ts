import type { LocalDate } from '../../domain/time';
import type { Parsed } from '../parsed';
import { parseDate, type DateContext } from './date';

/** The day on which somebody was typed in: a real day, not after today. */
export function entryDate(text: string, context: DateContext): Parsed<LocalDate> {
	const { value, problem } = parseDate(text, context);
	if (problem || (value !== undefined && value > context.today)) return { problem: 'ENTRY_DATE_UNUSABLE' };
	return value === undefined ? {} : { value };
}
