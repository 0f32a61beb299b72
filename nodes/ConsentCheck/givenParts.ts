import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { shopToday } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import { getCustomers } from '../../lib/store/customers/customers';
import type { Store } from '../../lib/store/open';
import { itemCustomer } from '../shared/itemCustomer';
import type { WorkItem } from '../shared/items';

/** What the panel gives to items of a consultant's own: a list of customers to be asked about. */
interface GivenParts {
	customerId?: string | number;
	kind?: string;
	class?: string;
}

/** Completes an item that has no customer or no occasion, as far as the panel says them; what an item has stays. */
export function givenParts(context: IExecuteFunctions, { shop }: Pick<Store, 'shop'>, now: Instant): (json: IDataObject, index: number) => IDataObject {
	return (json, index) => {
		if (json.customer !== undefined && json.occasion !== undefined) return json;
		const { customerId, kind, class: messageClass } = context.getNodeParameter('options', index, {}) as GivenParts;
		const hasId = customerId !== undefined && customerId !== '';
		const hasOccasion = Boolean(kind && messageClass);
		return {
			...json,
			...(json.customer === undefined && hasId && { customer: { id: /^[1-9]\d*$/.test(String(customerId).trim()) ? Number(customerId) : customerId } }),
			...(json.occasion === undefined && hasOccasion && { occasion: { kind, dueOn: shopToday(shop, now), stage: 1, class: messageClass, daysLate: 0 } }),
		};
	};
}

/** Puts name, language and form of address to customers who were given by their id alone, so that the next nodes can write to them; in one query. */
export async function namedCustomers(store: Store, work: readonly WorkItem[]): Promise<WorkItem[]> {
	const bare = work.filter(({ item: { customer } }) => customer.firstName === undefined && customer.lastName === undefined);
	if (bare.length === 0) return [...work];
	const found = await getCustomers(store, bare.map(({ item }) => ({ id: item.customer.id })));
	const named = new Map(bare.map((entry, position) => [entry, found[position]]));
	return work.map((entry) => {
		const customer = named.get(entry);
		// The id that was given stays: what is not there is told by the check.
		return customer ? { ...entry, item: { ...entry.item, customer: { ...itemCustomer(customer, store.shop), ...entry.item.customer } } } : entry;
	});
}
