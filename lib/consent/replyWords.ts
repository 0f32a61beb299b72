/** What a reply asks for: `withdraw` the consent to marketing, or let a person of the `staff` read it. */
export type ReplyMeaning = 'withdraw' | 'staff';

/** Replies that say no, whole. Source: RULES 41; the English ones ours. */
const NO = ['STOP', 'BASTA', 'CANCELLA', 'CANCELLAMI', 'NO GRAZIE', 'DISISCRIVI', 'REVOCO', 'UNSUBSCRIBE', 'OPT OUT', 'NO THANKS', 'NO THANK YOU', 'REMOVE ME'];
/** May mean an appointment. */
const AMBIGUOUS = ['ANNULLA', 'CANCEL'];

/**
 * Reads the answer to a message, in any case, with or without accents and punctuation. A word of refusal among others may mean something else
 * ("basta una telefonata"): a person reads it. STOP means one thing in every language, whatever follows.
 * @returns undefined where nothing in it sounds like a refusal
 */
export function replyMeaning(text: string): ReplyMeaning | undefined {
	const words = text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase().match(/[A-Z]+/g) ?? [];
	if (NO.includes(words.join(' ')) || words[0] === 'STOP') return 'withdraw';
	const said = ` ${words.join(' ')} `;
	return [...NO, ...AMBIGUOUS].some((phrase) => said.includes(` ${phrase} `)) ? 'staff' : undefined;
}
