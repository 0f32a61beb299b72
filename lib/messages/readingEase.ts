import type { Language } from '../domain/glossary';

/**
 * How easily a text is read, from 0 to 100: in Italian the Gulpease index (P. Lucisano, M. E. Piemontese, 1988; below 60 is hard for
 * whoever left school after eight years), in English the reading ease of R. Flesch (1948; below 60 is harder than plain English).
 */
export function readingEase(text: string, language: Language): number {
	const words = text.match(/[\p{L}\p{N}'’]+/gu) ?? [];
	// A line without a full stop, such as the salutation, is a sentence of its own.
	const sentences = text.split(/[.!?;:]+(?:\s|$)|\n+/).filter((sentence) => /\p{L}/u.test(sentence));
	if (words.length === 0) return 100;
	const letters = words.join('').replace(/['’]/g, '').length;
	const score = language === 'it'
		? 89 + (300 * sentences.length - 10 * letters) / words.length
		: 206.835 - 1.015 * (words.length / sentences.length) - 84.6 * (words.reduce((sum, word) => sum + syllables(word), 0) / words.length);
	return Math.round(Math.min(100, Math.max(0, score)));
}

/** Groups of vowels, without a silent e at the end: near enough for a mean of many words. */
function syllables(word: string): number {
	return Math.max(1, (word.toLowerCase().replace(/e$/, '').match(/[aeiouy]+/g) ?? []).length);
}
