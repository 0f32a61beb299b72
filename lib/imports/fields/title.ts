import type { Parsed } from '../parsed';
import { plainText } from './text';

/** A title such as Dott.ssa, in proper case where the program writes capitals only. */
export function title(text: string): Parsed<string> {
	const { value, problem } = plainText(text, 40);
	if (value === undefined) return { problem };
	const oneCase = value === value.toUpperCase() || value === value.toLowerCase();
	return { value: oneCase ? value.toLowerCase().replace(/(^| )(\p{L})/gu, (found) => found.toUpperCase()) : value };
}
