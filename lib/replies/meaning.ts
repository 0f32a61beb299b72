import { fold } from '../domain/text';
import PHRASES from './data/meanings.json';

/** What a customer's message is about, as far as plain words tell. */
export const MEANINGS = ['refusal', 'unclearRefusal', 'problem', 'callback', 'booking', 'score', 'question', 'fine', 'thanks', 'other'] as const;
export type Meaning = (typeof MEANINGS)[number];

/** What is known of the message that is answered, and of its words. */
export interface ReplyContext {
	/** Occasion kind of the message that it answers; absent where it answers none. */
	kind?: string;
	/** What the rules read out of it (RULES 41): `withdraw`, or `staff` where it may be a refusal. */
	refusal?: 'withdraw' | 'staff';
}

export interface ReadReply {
	meaning: Meaning;
	/** From 0 to 10; only where the meaning is `score`. */
	score?: number;
}

/** Kinds that ask the customer to come: there a bare "yes" means "book me". */
const ASKS_TO_COME = ['recall.vision', 'recall.eyewear', 'recall.lenses', 'recall.dormant', 'appointment.missed', 'quote.open'];
/** Kinds that ask whether all is well: there a bare "yes" or "good" means that it is. */
const ASKS_HOW_IT_GOES = ['progressive', 'survey'];
/** Longer texts that happen to hold a number rate nothing. Words. */
const LONGEST_SCORE = 8;

/**
 * Reads a reply by plain rules; what is not recognised is `other`, and a person reads it. The most urgent meaning wins: who writes "thank you, but
 * I cannot see well" has a problem. A greeting that says thanks needs no answer, a question in it does.
 */
export function readReply(text: string, { kind = '', refusal }: ReplyContext = {}): ReadReply {
	if (refusal === 'withdraw') return { meaning: 'refusal' };
	const said = fold(text);
	const has = (name: keyof typeof PHRASES) => MATCHERS[name].test(` ${said} `);
	const score = kind === 'survey' ? scoreOf(text, said) : undefined;
	if (score !== undefined) return { meaning: 'score', score };
	const troubled = MATCHERS.problem.test(` ${said.replace(ALL_NOT_PROBLEM, ' ')} `);
	if (troubled) return { meaning: 'problem' };
	if (refusal === 'staff') return { meaning: 'unclearRefusal' };
	if (has('callback')) return { meaning: 'callback' };
	if (has('booking')) return { meaning: 'booking' };
	const isYes = PHRASES.yes.includes(said);
	if (isYes && ASKS_TO_COME.includes(kind)) return { meaning: 'booking' };
	if (text.includes('?') || (has('question') && !has('thanks') && !has('fine'))) return { meaning: 'question' };
	if (has('fine') || (isYes && ASKS_HOW_IT_GOES.includes(kind))) return { meaning: 'fine' };
	return { meaning: has('thanks') || isThanks(text) ? 'thanks' : 'other' };
}

/** A number from 0 to 10 that stands for itself: "9", "direi 8", "10/10", "voto: 7". */
function scoreOf(text: string, said: string): number | undefined {
	if (said.split(' ').length > LONGEST_SCORE) return undefined;
	const [, given, , of] = /^\D*?(\d{1,2})(\s*(?:\/|su|of|out of)\s*(10))?\D*$/i.exec(text.trim()) ?? [];
	const score = Number(given);
	return given !== undefined && score <= 10 && (of === undefined || of === '10') ? score : undefined;
}

/** Hearts, smiles and applause. */
function isThanks(text: string): boolean {
	const signs = text.replace(/[\s\u200d\ufe0f\u{1f3fb}-\u{1f3ff}!.]/gu, '');
	return signs !== '' && /^[\p{Extended_Pictographic}]+$/u.test(signs);
}

/** Whole words; a `*` stands for any ending. */
function matcher(phrases: readonly string[], flags = 'u'): RegExp {
	return new RegExp(`(?<= )(?:${phrases.map((phrase) => phrase.replace(/\*/g, '[\\p{L}\\p{N}]*')).join('|')})(?= )`, flags);
}

const MATCHERS = Object.fromEntries(Object.entries(PHRASES).map(([name, phrases]) => [name, matcher(phrases)])) as Record<keyof typeof PHRASES, RegExp>;
const ALL_NOT_PROBLEM = new RegExp(`(?:^| )(?:${PHRASES.notProblem.map((phrase) => phrase.replace(/\*/g, '[\\p{L}\\p{N}]*')).join('|')})(?= |$)`, 'gu');
