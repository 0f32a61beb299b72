import type { Language } from '../../../lib/domain/glossary';
import en from '../words/en.json';
import it from '../words/it.json';

/** The words of the page: Italian says what there must be. */
export type Words = typeof it;

const WORDS: Record<Language, Words> = { it, en };

export function wordsOf(language: Language): Words {
	return WORDS[language];
}

/** A word by a name that comes from the run; the name itself where there is none. */
export function wordFor(words: Record<string, string>, name: string): string {
	return words[name] ?? name;
}
