import { fold } from '../../domain/text';
import words from '../data/words.json';

/** Whether a text is one of these words, in any case, with any accents and punctuation; signs such as ✓ are compared as they are. */
export function isOneOf(list: readonly string[]): (text: string) => boolean {
	const known = new Set(list.map(plain));
	const longest = Math.max(...list.map((word) => word.length)) + 4;
	return (text) => text.length <= longest && known.has(plain(text));
}

function plain(text: string): string {
	return fold(text) || text;
}

const saysAbsent = isOneOf(words.absent);

/** Whether the cell says that there is nothing to say: empty, only punctuation, or a word such as "n.d." or "nessuno". */
export function isAbsent(text: string): boolean {
	// None of the words has a digit; dates, numbers and addresses have one.
	if (/\d/.test(text)) return false;
	return !/[\p{L}\p{N}\p{S}]/u.test(text) || saysAbsent(text);
}
