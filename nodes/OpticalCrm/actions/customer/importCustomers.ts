import type { NewCustomer } from '../../../../lib/domain/customer';
import type { Instant } from '../../../../lib/domain/time';
import type { ImportEvent } from '../../../../lib/imports/events';
import type { ImportedCustomer } from '../../../../lib/imports/types';
import type { ConsentOrigin } from '../../../../lib/store/consentChanges';
import type { Store } from '../../../../lib/store/open';
import { saveCustomers } from '../../../../lib/store/customers/saveCustomers';
import { importRows, type ImportSummary, type MendItem } from '../importRows';

const AMBIGUOUS = 'More than one customer has this name and birth date. Give the row its customer code.';

/**
 * Saves the customers of an export, in batches.
 * @param mend called for every row or field that was not taken
 * @param clock tells the present instant
 */
export async function importCustomers(
	store: Store,
	events: AsyncIterable<ImportEvent> | Iterable<ImportEvent>,
	origin: ConsentOrigin,
	mend: (item: MendItem) => void,
	clock: () => Instant,
): Promise<ImportSummary> {
	const save = async (rows: Array<{ customer: ImportedCustomer }>) => {
		const saved = await saveCustomers(store, rows.map(({ customer }) => withAddress(customer, store.shop.country)), origin, clock());
		return saved.map((result) => (result.status === 'rejected' ? { ...result, field: 'row', hint: AMBIGUOUS } : result));
	};
	return await importRows(events, save, mend);
}

/** The postal address as a contact point like the others. */
export function withAddress({ address, ...customer }: ImportedCustomer, country: string): NewCustomer {
	if (!address) return customer;
	const { street, postalCode, town, province } = address;
	return {
		...customer,
		contactPoints: [...customer.contactPoints, { kind: 'address', value: JSON.stringify({ street, postalCode, town, province, country }) }],
	};
}
