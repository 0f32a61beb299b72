import { isFormula } from '../cell';
import type { Parsed } from '../parsed';
import { isAbsent } from './words';

const MOST_CHARACTERS = 64;

/** The shop program's own code of a customer; zero means that there is none. */
export function customerCode(text: string): Parsed<string> {
	if (isAbsent(text) || /^0+$/.test(text)) return {};
	if (text.length > MOST_CHARACTERS || isFormula(text)) return { problem: 'CODE_UNUSABLE' };
	return { value: text };
}
