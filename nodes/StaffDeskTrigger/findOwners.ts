import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js';
import type { PossibleOwner } from '../../lib/desk/tickets/state';
import type { Customer } from '../../lib/domain/customer';
import { getCustomers, listCustomers } from '../../lib/store/customers';
import type { Store } from '../../lib/store/open';
import { customerNameOf } from './customerName';

/** As many as fit on a phone without scrolling for long. */
const FOUND_SHOWN = 8;

/** The customers whom a search means: by name, number, e-mail or the shop program's code. */
export async function findOwners(store: Store, text: string): Promise<PossibleOwner[]> {
	const contact = contactOf(text, store.shop.country);
	const listed = await listCustomers(store, { ...(contact ? { contact } : { search: text }), limit: FOUND_SHOWN });
	const [coded] = contact?.includes('@') ? [] : await getCustomers(store, [{ code: text }]);
	const all: Customer[] = coded ? [coded, ...listed.filter(({ id }) => id !== coded.id)] : listed;
	return all.map(({ id, firstName, lastName, birthDate }) => ({ id, name: customerNameOf({ firstName, lastName }), ...(birthDate && { birthDate }) }));
}

/** An address or number in the form that the store keeps; undefined where the text is neither. */
function contactOf(text: string, country: string): string | undefined {
	if (text.includes('@')) return text.toLowerCase();
	return /^[+\d][\d\s./-]{5,}$/.test(text) ? parsePhoneNumber(text, country as CountryCode)?.number : undefined;
}
