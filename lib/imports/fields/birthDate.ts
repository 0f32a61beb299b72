import { OLDEST_AGE } from '../../domain/customer';
import { ageOn, type LocalDate } from '../../domain/time';
import type { Parsed } from '../parsed';
import { parseDate, type DateContext } from './date';

/** A birth date: a real day, not after today, not more than 120 years ago. */
export function birthDate(text: string, context: DateContext): Parsed<LocalDate> {
	const { value, problem } = parseDate(text, context);
	if (problem) return { problem: `BIRTH_DATE_${problem}` };
	if (value === undefined) return {};
	if (value > context.today) return { problem: 'BIRTH_DATE_IN_FUTURE' };
	if (ageOn(value, context.today) > OLDEST_AGE) return { problem: 'BIRTH_DATE_TOO_OLD' };
	return { value };
}
