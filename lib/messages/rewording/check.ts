import type { Formality, Language } from '../../domain/glossary';
import type { NotRewordedReason } from '../../domain/rewording';
import { cleanText } from '../clean';
import { healthDetails, withoutAccents } from '../healthLint';
import { type HiddenText, PLACEHOLDER } from './hidden';
import { CAPITAL_WORDS, DATE_WORDS, HEALTH_WORDS, NUMBER_WORDS, OFFER_WORDS, OTHER_FORM, STOP_WORDS } from './vocabulary';

/** What an answer is held against, besides the text that was given to the model. */
export interface RewordingFrame {
	language: Language;
	formality: Formality;
	/** Whether an offer may be written into texts of this template. */
	mayHoldOffer: boolean;
}

/** How much shorter and longer than the text an answer may be. Ours. */
const [SHORTEST, LONGEST] = [0.5, 1.4];
/** An answer to one sentence may be longer by this much, in characters. */
const SPARE = 40;

type Check = (original: HiddenText, answer: string, frame: RewordingFrame) => boolean;

/** In the order in which they are asked. Each tells whether the answer keeps to the original. */
const CHECKS: ReadonlyArray<[NotRewordedReason, Check]> = [
	['EMPTY_ANSWER', (_, answer) => /\p{L}/u.test(plain(answer))],
	['PLACEHOLDERS', ({ text }, answer) => same(placeholders(text).sort(), placeholders(answer).sort()) && !/\[\[|\]\]|\{\{|\}\}/.test(plain(answer))],
	['MARKUP', ({ text }, answer) => [...plain(answer).matchAll(MARKUP)].every(([sign]) => text.includes(sign))],
	['ADDRESSES', ({ text }, answer) => same(addresses(text), addresses(answer))],
	['NUMBERS', ({ text }, answer, { language }) => same(numbers(text), numbers(answer)) && nothingNew(NUMBER_WORDS[language], text, answer)],
	['DATES', ({ text }, answer) => nothingNew(DATE_WORDS, text, answer)],
	['HEALTH_DETAIL', (_, answer) => healthDetails(plain(answer)).length === 0],
	['HEALTH_WORDS', ({ text }, answer) => nothingNew(HEALTH_WORDS, text, answer)],
	['OFFER_WORDS', ({ text }, answer, { mayHoldOffer }) => (mayHoldOffer && matches(OFFER_WORDS, text).length > 0) || nothingNew(OFFER_WORDS, text, answer)],
	['NAMES', (original, answer) => newNames(original, answer).length === 0],
	['FORM_OF_ADDRESS', ({ text }, answer, { language, formality }) => language !== 'it' || nothingNew(OTHER_FORM[formality], text, answer)],
	['LANGUAGE', (_, answer, { language }) => isIn(language, plain(answer))],
	['LENGTH', ({ text }, answer) => fits(plain(text).length, plain(answer).length)],
];

/** Signs that some channel reads as markup or cannot print, marks on letters, and what cannot be seen: with these a word passes for another. */
const MARKUP = /[*_~`#<>|\\]|\p{Extended_Pictographic}|\p{M}|\p{Cf}/gu;

/**
 * Whether an answer of a language model may stand in place of a text. It must hold the same placeholders once each, the same numbers and web addresses in
 * the same order, and nothing that the text did not say: no other date, price, name, health word or offer; in the same language and form of address, and
 * about as long. A text that has an offer may name it in other words, if its template may hold one. A new name at the very beginning of a sentence
 * cannot be told from any other word there: the staff see the difference.
 *
 * @param original what the model was given
 * @param answer what it answered, tidied
 * @returns the first reason to refuse it, or undefined
 */
export function refusalOf(original: HiddenText, answer: string, frame: RewordingFrame): NotRewordedReason | undefined {
	return CHECKS.find(([, holds]) => !holds(original, answer, frame))?.[0];
}

/** An answer as it may be checked: cleaned, without the quotes or the fence that models like to put around a text. */
export function tidyAnswer(answer: string): string {
	const text = cleanText(answer.normalize('NFC'));
	const fenced = /^```\w*\n([\s\S]*?)\n?```$/.exec(text)?.[1] ?? text;
	return cleanText(/^["“«]([^"“”«»]*)["”»]$/.exec(fenced)?.[1] ?? fenced);
}

/** The text without its placeholders. */
function plain(text: string): string {
	return text.replace(PLACEHOLDER, ' ').replace(/ {2,}/g, ' ').trim();
}

/** As the patterns of the vocabulary want it. */
function folded(text: string): string {
	return withoutAccents(plain(text).replace(/[’‘]/g, "'")).toLowerCase();
}

function matches(pattern: RegExp, text: string): string[] {
	return folded(text).match(pattern) ?? [];
}

function same(one: readonly string[], other: readonly string[]): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** No word of this kind that the original has not. */
function nothingNew(pattern: RegExp, original: string, answer: string): boolean {
	const known = new Set(matches(pattern, original));
	return matches(pattern, answer).every((word) => known.has(word));
}

/** The placeholders, each with the letters and digits that touch it: `Car[[customer.sex]]` must not become `[[customer.sex]]50`. */
function placeholders(text: string): string[] {
	return [...text.matchAll(PLACEHOLDER)].map(({ 0: placeholder, index }) => {
		const before = /[\p{L}\p{N}]*$/u.exec(text.slice(0, index))?.[0] ?? '';
		const after = /^[\p{L}\p{N}]*/u.exec(text.slice(index + placeholder.length))?.[0] ?? '';
		return before + placeholder + after;
	});
}

/** Digits of any script, with what stands between them: 12,50 and 9:30 are one number each. */
function numbers(text: string): string[] {
	return plain(text).match(/\p{N}+(?:[.,:/]\p{N}+)*/gu) ?? [];
}

/** Web and e-mail addresses, and all that mailboxes and phones may take for one. */
function addresses(text: string): string[] {
	const found = plain(text).match(/[a-z]+:\/\/[^\s<>"]+|\bwww\.[^\s<>"]+|[^\s@<>"(]+@[^\s@<>")]+|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?:\/[^\s<>"]*)?/giu) ?? [];
	return found.map((address) => address.replace(/[.,;:!?)\]]+$/, ''));
}

/** Words with a capital inside a sentence, or in capitals anywhere, that the original does not have in any case. */
function newNames({ text, values }: HiddenText, answer: string): string[] {
	const known = new Set(words(folded(text)));
	// What a placeholder hides may end a sentence.
	const whole = answer.replace(PLACEHOLDER, (placeholder) => (/[.!?…]$/.test(values.get(placeholder) ?? '') ? 'x. ' : 'x'));
	return whole
		.split(/[.!?…:]+["”»)]*\s+|\n+/)
		.flatMap((sentence) => words(sentence).filter((word, place) => (place > 0 && /^\p{Lu}\p{L}/u.test(word)) || /^\p{Lu}{2,}$/u.test(word)))
		.filter((word) => !known.has(folded(word)) && !CAPITAL_WORDS.has(folded(word)));
}

function words(text: string): string[] {
	return text.match(/\p{L}+/gu) ?? [];
}

/** Latin letters only, more small words of this language than of any other, and at least one. */
function isIn(language: Language, text: string): boolean {
	if (/(?!\p{Script=Latin})\p{L}/u.test(text)) return false;
	const counts = (Object.keys(STOP_WORDS) as Language[]).map((each) => ({ each, count: matches(STOP_WORDS[each], text).length }));
	const own = counts.find(({ each }) => each === language)?.count ?? 0;
	return own > 0 && counts.every(({ each, count }) => each === language || count < own);
}

function fits(before: number, after: number): boolean {
	return after >= before * SHORTEST && after <= before * LONGEST + SPARE;
}
