import { LANGUAGES, type Language } from '../../domain/glossary';
import words from '../data/words.json';
import type { Parsed } from '../parsed';
import { isAbsent, isOneOf } from './words';

const SPEAKS = LANGUAGES.map((language) => ({ language, isNamed: isOneOf(words.languages[language]) }));

/** A language that has texts. */
export function language(text: string): Parsed<Language> {
	const value = SPEAKS.find(({ isNamed }) => isNamed(text))?.language;
	if (value) return { value };
	return isAbsent(text) ? {} : { problem: 'LANGUAGE_UNKNOWN' };
}
