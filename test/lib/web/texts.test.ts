import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LANGUAGES } from '../../../lib/domain/glossary';
import { fill, fillCounted, loadTexts } from '../../../lib/web/texts';

const TEMPLATES = path.join(__dirname, '..', '..', '..', 'templates');
const PAGES = ['desk', 'desk-approve', 'desk-who', 'desk-digest', 'refusal', 'explain', 'reasons'];

/** Every text by its path, with the places it has. */
function placesOf(value: unknown, at = ''): Record<string, string> {
	if (typeof value === 'string') return { [at]: [...value.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort().join() };
	return Object.assign({}, ...Object.entries(value as object).map(([key, inner]) => placesOf(inner, `${at}/${key}`)));
}

/** `one` may spell out the number that `other` takes from its place. */
function withoutCounts(places: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(places).map(([key, names]) => [key, key.endsWith('/one') ? '' : names]));
}

/** All words in a file, however deep. */
function wordsIn(texts: unknown): string[] {
	return typeof texts === 'object' && texts !== null ? Object.values(texts).flatMap(wordsIn) : [String(texts)];
}

describe.each(PAGES)('the words of %s', (name) => {
	const read = (language: string) => JSON.parse(readFileSync(path.join(TEMPLATES, language, `${name}.json`), 'utf8'));

	it.each(LANGUAGES.filter((language) => language !== 'it'))('have the same keys and places in %s', (language) => {
		expect(withoutCounts(placesOf(read(language)))).toEqual(withoutCounts(placesOf(read('it'))));
	});

	it.each(LANGUAGES)('are all there in %s', (language) => {
		expect(wordsIn(read(language)).filter((words) => words.trim() === '')).toEqual([]);
		expect(loadTexts(name, language)).toEqual(read(language));
	});
});

describe('fill', () => {
	it('fills each place, also twice, and takes values for no places', () => {
		expect(fill('{a} e {b}, {a}', { a: '{b}', b: 2 })).toBe('{b} e 2, {b}');
		expect(fill('$& {a}', { a: '$1' })).toBe('$& $1');
	});

	it('refuses a place that nothing was given for', () => {
		expect(() => fill('{missing}', { a: 1 })).toThrow('{missing}');
		expect(() => fill('{toString}', {})).toThrow(RangeError);
	});

	it('chooses the number', () => {
		const text = { one: 'un messaggio', other: '{count} messaggi' };
		expect([0, 1, 2, 12345].map((count) => fillCounted(text, count, 'it'))).toEqual(['0 messaggi', 'un messaggio', '2 messaggi', '12.345 messaggi']);
		expect(fillCounted(text, 12345, 'en')).toBe('12,345 messaggi');
	});
});
