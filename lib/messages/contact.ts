import parsePhoneNumber from 'libphonenumber-js';
import { remembered } from '../domain/remember';
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

/** Name and contact of the shop, as rule 6 wants them in every message. */
export function contactOf(shop: Shop): ShopContact {
	return { name: cleanLine(shop.name), address: addressOf(shop), email: given(shop.email), ...phoneOf(shop.phone ?? '') };
}

/** Every message names the same number. */
const phoneOf = remembered((number: string): Pick<ShopContact, 'phone' | 'internationalPhone' | 'dial'> => {
	const known = parsePhoneNumber(number);
	const plain = given(number);
	return { phone: known?.formatNational() ?? plain, internationalPhone: known?.formatInternational() ?? plain, dial: known?.number ?? plain };
});

function addressOf({ street, postalCode, town, province }: Shop): string | undefined {
	const place = [given(postalCode), given(town), given(province) && `(${given(province)})`].filter(Boolean).join(' ');
	return [given(street), place].filter(Boolean).join(', ') || undefined;
}

function given(text: string | undefined): string | undefined {
	return (text && cleanLine(text)) || undefined;
}
