import { birthDate as readBirthDate } from '../../lib/imports/fields/birthDate';
import { emails } from '../../lib/imports/fields/email';
import { phones } from '../../lib/imports/fields/phone';
import { shopToday, type Shop } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import type { CustomerSearch } from '../../lib/store/customers/findCustomers';

/** An address or number, however it is written, in the form in which the store keeps it; undefined where the text is neither. */
export function contactOf(text: string, country: string): string | undefined {
	if (text.includes('@')) return emails(text.trim()).values[0];
	return /\d{4}/.test(text.replace(/\D/g, '')) ? phones(text.trim(), country).values[0]?.e164 : undefined;
}

/** What somebody who typed this is looking for. */
export function customerSearch(text: string, shop: Shop, now: Instant): CustomerSearch {
	const contact = contactOf(text, shop.country);
	// A bare number may be a code as well: of digits alone only what is written as a day is one.
	const { value: birthDate } = /\d\D+\d/.test(text) ? readBirthDate(text.trim(), { today: shopToday(shop, now), timeZone: shop.timeZone }) : {};
	return { text, ...(contact !== undefined && { contact }), ...(birthDate !== undefined && { birthDate }) };
}
