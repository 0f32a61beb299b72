import { isFormula } from '../cell';
import type { Parsed } from '../parsed';
import { isAbsent } from './words';

/** A plain text such as a street or a town, at most `most` characters. */
export function plainText(text: string, most: number): Parsed<string> {
	if (isAbsent(text)) return {};
	if (text.length > most || isFormula(text)) return { problem: 'TEXT_UNUSABLE' };
	return { value: text };
}
