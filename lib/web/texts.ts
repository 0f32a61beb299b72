import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '../domain/glossary';

const TEMPLATES = path.join(__dirname, '..', '..', 'templates');
// Making one costs more than using it a hundred times.
const NUMBERS: Record<Language, Intl.NumberFormat> = { it: new Intl.NumberFormat('it'), en: new Intl.NumberFormat('en') };
const loaded = new Map<string, unknown>();

/** A text in its two numbers: `one` for exactly 1, `other` for the rest (0 included). True for Italian and English. */
export interface Counted {
	one: string;
	other: string;
}

/**
 * The words of a page, `templates/<language>/<name>.json`, read once.
 *
 * @param name file name without ending; a constant of the caller
 */
export function loadTexts<T>(name: string, language: Language): T {
	const key = `${language}/${name}`;
	if (!loaded.has(key)) loaded.set(key, JSON.parse(readFileSync(path.join(TEMPLATES, language, `${name}.json`), 'utf8')));
	return loaded.get(key) as T;
}

/**
 * Puts values into the `{places}` of a text. The result is plain text, to be escaped by `html`.
 *
 * @throws RangeError where the text has a place that nothing was given for
 */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
	return text.replace(/\{(\w+)\}/g, (_, name: string) => {
		if (!Object.hasOwn(values, name)) throw new RangeError(`Nothing was given for {${name}}.`);
		return String(values[name]);
	});
}

/** The form of the text that fits `count`, with `{count}` written in the language's way. */
export function fillCounted(text: Counted, count: number, language: Language, values: Readonly<Record<string, string | number>> = {}): string {
	return fill(count === 1 ? text.one : text.other, { ...values, count: numberInWords(count, language) });
}

/** A number with the language's separators: `12.345` in Italian. */
export function numberInWords(value: number, language: Language): string {
	return NUMBERS[language].format(value);
}
