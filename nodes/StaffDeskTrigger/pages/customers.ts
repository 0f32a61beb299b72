import { renderCustomers } from '../../../lib/desk/customer/customersPage';
import type { ListedCustomer } from '../../../lib/desk/customer/state';
import { PAGE_SIZE } from '../../../lib/desk/state';
import type { Customer } from '../../../lib/domain/customer';
import { addressParts } from '../../../lib/domain/postalAddress';
import { phoneInWords } from '../../../lib/messages/contact';
import { findCustomers, MOST_FOUND, saysEnough, SHORTEST_NAME } from '../../../lib/store/customers/findCustomers';
import type { Page } from '../../../lib/web/page';
import { customerSearch } from '../../shared/customerSearch';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { customerNameOf } from '../customerName';
import { frameOf } from '../frame';

/** Lines that tell namesakes apart; more would make a list a page. */
const CONTACTS_SHOWN = 3;

/** The customers whom a search means. */
export async function showCustomers(desk: DeskContext, session: StaffSession, view: ShownView): Promise<Page> {
	const { store, now } = desk;
	const { place } = view;
	const search = customerSearch(place.q ?? '', store.shop, now);
	const outcome = !place.q ? 'notAsked' : saysEnough(search) ? 'found' : 'tooShort';
	const { total, customers } = await findCustomers(store, search, { limit: PAGE_SIZE, offset: (place.page - 1) * PAGE_SIZE });
	return renderCustomers({ ...frameOf(desk, session, view, 'customers'), place, outcome, total, isMore: total >= MOST_FOUND, letters: SHORTEST_NAME, customers: customers.map(listed) });
}

function listed({ id, firstName, lastName, birthDate, contactPoints }: Customer): ListedCustomer {
	const usable = contactPoints.filter(({ status }) => status === 'valid').toSorted((one, other) => Number(other.preferred) - Number(one.preferred));
	const contacts = ['phone', 'email', 'address'].flatMap((kind) => {
		const value = usable.find((point) => point.kind === kind)?.value;
		return value === undefined ? [] : [kind === 'phone' ? phoneInWords(value) : kind === 'address' ? (addressParts(value)?.town ?? '') : value];
	});
	return { id, name: customerNameOf({ firstName, lastName }), ...(birthDate && { birthDate }), contacts: contacts.filter(Boolean).slice(0, CONTACTS_SHOWN) };
}
