import words from '../data/words.json';
import { isFormula } from '../cell';
import type { Parsed } from '../parsed';
import { nameCase } from './nameCase';
import { isOneOf } from './words';

const MOST_CHARACTERS = 100;
const saysAbsent = isOneOf(words.nameAbsent);

/** A first, last or whole name in proper case. */
export function personName(text: string): Parsed<string> {
	if (text === '') return {};
	if (!/[\p{L}\p{N}]/u.test(text) || saysAbsent(text)) return {};
	if (isFormula(text)) return { problem: 'NAME_IS_FORMULA' };
	if (!/\p{L}/u.test(text)) return { problem: 'NAME_WITHOUT_LETTERS' };
	if (text.length > MOST_CHARACTERS) return { problem: 'NAME_TOO_LONG' };
	return { value: nameCase(text) };
}
