import type { TextFacts } from '../domain/consent';
import type { Channel } from '../domain/glossary';
import type { Shop } from '../domain/shop';
import { refusalSentences } from './compose/footer';
import { contactOf } from './contact';
import { healthDetails } from './healthLint';
import { gsmSafe } from './sms';
import { asksForStop } from './stopWord';

/** Where the customer answers in the same place. */
const CONVERSATIONS: readonly Channel[] = ['whatsapp', 'whatsappLinked', 'call'];
/** Where every sign counts. */
const SHORT: readonly Channel[] = ['sms', 'push'];

// What may follow an address without being part of it.
const AFTER_ADDRESS = /^(?:$|[\s)>\],;!]|\.(?:\s|$))/;

/**
 * What the rules want to know, read from the final text and not from what was meant to be in it.
 *
 * @param text the whole plain text as it will arrive
 * @param refusalUrl this customer's own refusal link
 * @param channel how it will arrive: in a chat one can answer, and on the telephone speak
 */
export function textFacts(text: string, shop: Shop, refusalUrl: string | undefined, channel: Channel): TextFacts {
	return {
		...senderFacts(text, shop, refusalUrl, channel),
		healthDetail: healthDetails(text).length > 0,
		oneClickRefusal: refusalUrl !== undefined && takesOneClick(refusalUrl),
	};
}

/** What of it the shop's own data decide, and not the words: whether the text names the shop with a way to reach it (RULES 6), and offers to refuse (RULES 4). */
export function senderFacts(text: string, shop: Shop, refusalUrl: string | undefined, channel: Channel): Pick<TextFacts, 'offersRefusal' | 'namesSender'> {
	const { name, contacts } = wantedOf(shop);
	const line = flat(text);
	const holds = (spellings: readonly string[]) => spellings.some((spelling) => line.includes(spelling));
	const holdsLink = refusalUrl !== undefined && refusalUrl !== '' && holdsAddress(text, refusalUrl);
	// Whoever can answer or speak at once has reached the shop; the page behind the link of a short text tells the rest.
	const reachable = CONVERSATIONS.includes(channel) || (SHORT.includes(channel) && holdsLink) || contacts.some(holds);
	return { offersRefusal: holdsLink || offersAnswer(text, channel), namesSender: holds(name) && reachable };
}

/** What a text must hold of a shop: its name, and one of its contacts; each as it is and as an SMS writes it. */
interface Wanted {
	name: string[];
	contacts: string[][];
}

/** Of a shop it is the same for thousands of texts. */
const known = new WeakMap<Shop, Wanted>();

function wantedOf(shop: Shop): Wanted {
	let wanted = known.get(shop);
	if (!wanted) known.set(shop, (wanted = readWanted(shop)));
	return wanted;
}

function readWanted(shop: Shop): Wanted {
	const { name, address, phone, internationalPhone, dial, email } = contactOf(shop);
	const postal = shop.street && shop.town ? address : undefined;
	const spellings = (text: string | undefined) => (text ? [...new Set([flat(text), flat(gsmSafe(text))])] : []);
	return { name: spellings(name), contacts: [postal, phone, internationalPhone, dial, email].map(spellings) };
}

/** Whether one can refuse by an answer: in a chat by a word, on the telephone by saying so, if the text tells it. */
function offersAnswer(text: string, channel: Channel): boolean {
	if (channel === 'call') return refusalSentences('call').some((sentence) => flat(text).includes(flat(sentence)));
	return (channel === 'whatsapp' || channel === 'whatsappLinked') && asksForStop(text);
}

/** Mailboxes post to https only; on the very machine, as in a rehearsal, nobody listens in. */
function takesOneClick(address: string): boolean {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	return url?.protocol === 'https:' || (url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname));
}

/** Whether the very address stands in the text, and not a longer one that begins with it. */
function holdsAddress(text: string, address: string): boolean {
	for (let at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + 1)) {
		if (AFTER_ADDRESS.test(text.slice(at + address.length, at + address.length + 2))) return true;
	}
	return false;
}

function flat(text: string): string {
	return text.replace(/\s+/g, ' ').toLowerCase();
}
