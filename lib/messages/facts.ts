import type { TextFacts } from '../domain/consent';
import type { Shop } from '../domain/shop';
import { contactOf } from './contact';
import { healthDetails } from './healthLint';

// What may follow an address without being part of it.
const AFTER_ADDRESS = /^(?:$|[\s)>\],;!]|\.(?:\s|$))/;

/**
 * What the rules want to know, read from the final text and not from what was meant to be in it.
 *
 * @param text the whole plain text as it will arrive
 * @param refusalUrl this customer's own refusal link
 */
export function textFacts(text: string, shop: Shop, refusalUrl: string | undefined): TextFacts {
	const { name, address, phone, internationalPhone, dial, email } = knownContact(shop);
	const postal = shop.street && shop.town ? address : undefined;
	const line = flat(text);
	const holds = (wanted: string | undefined) => wanted !== undefined && wanted !== '' && line.includes(flat(wanted));
	return {
		offersRefusal: refusalUrl !== undefined && refusalUrl !== '' && holdsAddress(text, refusalUrl),
		namesSender: holds(name) && [postal, phone, internationalPhone, dial, email].some(holds),
		healthDetail: healthDetails(text).length > 0,
		oneClickRefusal: refusalUrl !== undefined && takesOneClick(refusalUrl),
	};
}

/** Of a shop it is the same for thousands of texts. */
const contacts = new WeakMap<Shop, ReturnType<typeof contactOf>>();

function knownContact(shop: Shop): ReturnType<typeof contactOf> {
	const contact = contacts.get(shop) ?? contactOf(shop);
	contacts.set(shop, contact);
	return contact;
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
