import type { Language } from '../domain/glossary';
import type { OpeningHours, OpeningSpan } from '../domain/openingHours';
import { WEEKDAYS } from '../domain/openingHours';
import type { Shop } from '../domain/shop';
import { fold } from '../domain/text';
import { fill, loadTexts } from '../web/texts';

/** A question that customers ask again and again, with the shop's answer. */
export interface FrequentQuestion {
	/** Short name, for example `hours`. */
	name: string;
	language: Language;
	/** How it is asked: words or the beginnings of words (`orari*`); one of them is enough. */
	phrases: string[];
	/** May hold {hours}, {address}, {phone}, {website} and {order}. */
	answer: string;
}

/** What an answer may be filled in with. */
export const QUESTION_PLACES = ['hours', 'address', 'phone', 'website', 'order'] as const;

/** Where the customer's newest order stands. */
export type OrderState = 'ready' | 'notReady' | 'none';

type QuestionTexts = typeof import('../../templates/it/questions.json');

/** The questions of the package, with the shop's own in their place where they have the same name. */
export function questionsOf(language: Language, own: readonly FrequentQuestion[]): FrequentQuestion[] {
	const texts = loadTexts<QuestionTexts>('questions', language);
	const ofPackage = Object.entries(texts.questions).map(([name, question]): FrequentQuestion => ({ name, language, ...question }));
	const mine = own.filter((question) => question.language === language);
	return [...mine, ...ofPackage.filter(({ name }) => !mine.some((question) => question.name === name))];
}

/**
 * The answer that the shop's list has for a question: a proposal for the staff, never sent by itself. The question of which most is found wins.
 * @returns undefined where none fits, or the answer needs something of the shop that is not known
 */
export function proposedAnswer(text: string, questions: readonly FrequentQuestion[], shop: Shop, order: OrderState): { name: string; answer: string } | undefined {
	const said = ` ${fold(text)} `;
	const found = questions
		.map((question) => ({ question, length: Math.max(0, ...question.phrases.map((phrase) => matchLength(said, phrase))) }))
		.filter(({ length }) => length > 0)
		.sort((one, other) => other.length - one.length)[0];
	if (!found) return undefined;
	const { name, language, answer } = found.question;
	const values = valuesOf(language, shop, order);
	const needed = [...answer.matchAll(/\{(\w+)\}/g)].map(([, place]) => place);
	return needed.every((place) => values[place]) ? { name, answer: fill(answer, values as Record<string, string>) } : undefined;
}

function matchLength(said: string, phrase: string): number {
	const wanted = ` ${phrase.replace(/\*/g, '')}${phrase.endsWith('*') ? '' : ' '}`;
	return said.includes(wanted) ? wanted.length : 0;
}

function valuesOf(language: Language, shop: Shop, order: OrderState): Partial<Record<string, string>> & Record<(typeof QUESTION_PLACES)[number], string | undefined> {
	const texts = loadTexts<QuestionTexts>('questions', language);
	const town = [shop.postalCode, shop.town].filter(Boolean).join(' ');
	return {
		hours: shop.openingHours && hoursInWords(shop.openingHours, language),
		address: [shop.street, town].filter(Boolean).join(', ') || undefined,
		phone: shop.phone,
		website: shop.website,
		order: texts.order[order],
	};
}

/** Opening hours as one says them: "lunedì: chiuso; da martedì a venerdì 9:00-13:00 e 15:30-19:30; …". */
export function hoursInWords(hours: OpeningHours, language: Language): string {
	const { days, closed, and, range } = loadTexts<QuestionTexts>('questions', language).hours;
	const written = WEEKDAYS.map((day) => spansInWords(hours[day] ?? [], closed, and));
	const groups: Array<{ from: number; to: number; text: string }> = [];
	written.forEach((text, index) => {
		const last = groups.at(-1);
		if (last?.text === text) last.to = index;
		else groups.push({ from: index, to: index, text });
	});
	return groups
		.map(({ from, to, text }) => {
			const name = from === to ? days[from] : fill(range, { from: days[from], to: days[to] });
			return `${name} ${text}`;
		})
		.join('; ');
}

function spansInWords(spans: readonly OpeningSpan[], closed: string, and: string): string {
	return spans.length === 0 ? closed : spans.map(({ from, to }) => `${from.replace(/^0/, '')}-${to.replace(/^0/, '')}`).join(` ${and} `);
}
