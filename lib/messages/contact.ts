import parsePhoneNumber from 'libphonenumber-js';
import type { Language } from '../domain/glossary';
import type { Shop } from '../domain/shop';
import { cleanLine } from './clean';

/** The shop as a footer names it; what the shop has not told is undefined. */
export interface ShopContact {
	name: string;
	/** On one line: street, postal code, town, province. */
	address: string | undefined;
	/** As people write it in the shop's country. */
	phone: string | undefined;
	/** With the country's prefix. */
	internationalPhone: string | undefined;
	email: string | undefined;
	/** E.164, for `tel:` links. */
	dial: string | undefined;
}

/** A run writes thousands of messages for one shop, and reading a number takes longer than filling in a text. */
const known = new WeakMap<Shop, ShopContact>();

/** Name and contact of the shop, as rule 6 wants them in every message. */
export function contactOf(shop: Shop): ShopContact {
	let contact = known.get(shop);
	if (!contact) known.set(shop, (contact = read(shop)));
	return contact;
}

/** The same for a reader: one of another language may live abroad, where the number needs its prefix. */
export function contactFor(shop: Shop, language: Language): ShopContact {
	const contact = contactOf(shop);
	return language === shop.language ? contact : { ...contact, phone: contact.internationalPhone };
}

/** A number as people read it, with its prefix; one that is none stays as it is. */
export function phoneInWords(number: string): string {
	return parsePhoneNumber(number)?.formatInternational() ?? number;
}

function read(shop: Shop): ShopContact {
	const phone = shop.phone === undefined ? undefined : parsePhoneNumber(shop.phone);
	const plain = given(shop.phone);
	return {
		name: cleanLine(shop.name),
		address: addressOf(shop),
		phone: phone?.formatNational() ?? plain,
		internationalPhone: phone?.formatInternational() ?? plain,
		email: given(shop.email),
		dial: phone?.number ?? plain,
	};
}

function addressOf({ street, postalCode, town, province }: Shop): string | undefined {
	const place = [given(postalCode), given(town), given(province) && `(${given(province)})`].filter(Boolean).join(' ');
	return [given(street), place].filter(Boolean).join(', ') || undefined;
}

function given(text: string | undefined): string | undefined {
	return (text && cleanLine(text)) || undefined;
}
