import words from '../data/words.json';
import type { Parsed } from '../parsed';
import { isAbsent, isOneOf } from './words';

const isFemale = isOneOf(words.female);
const isMale = isOneOf(words.male);

/** The sex as the shop recorded it; used for salutations only. */
export function sex(text: string): Parsed<'F' | 'M'> {
	if (isFemale(text)) return { value: 'F' };
	if (isMale(text)) return { value: 'M' };
	return isAbsent(text) ? {} : { problem: 'SEX_UNKNOWN' };
}
