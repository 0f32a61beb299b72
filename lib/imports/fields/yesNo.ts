import words from '../data/words.json';
import { isAbsent, isOneOf } from './words';

const saysYes = isOneOf(words.yes);
const saysNo = isOneOf(words.no);

/** A box on a form: yes, no, or `unclear` for a spelling that is not known; undefined where nothing is written. */
export function yesNo(text: string): 'yes' | 'no' | 'unclear' | undefined {
	if (saysYes(text)) return 'yes';
	if (saysNo(text)) return 'no';
	return isAbsent(text) ? undefined : 'unclear';
}
