import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Customer } from '../../../lib/domain/customer';
import { listCustomers } from '../../../lib/store/customers/customers';
import { findCustomers, saysEnough } from '../../../lib/store/customers/findCustomers';
import { now } from '../../shared/clock';
import { customerSearch } from '../../shared/customerSearch';
import { storeOf } from '../../shared/store';

const PAGE = 50;

/** The customers that the locator offers: all by ID while too little is typed to mean anybody, else those found as on the Desk. */
export async function searchCustomers(this: ILoadOptionsFunctions, filter = '', page?: string): Promise<INodeListSearchResult> {
	const store = await storeOf(this);
	const search = customerSearch(filter, store.shop, now());
	const from = Number(page ?? 0);
	if (!saysEnough(search)) {
		const customers = await listCustomers(store, { after: from, limit: PAGE });
		return { results: customers.map(choice), ...(customers.length === PAGE && { paginationToken: String(customers[PAGE - 1].id) }) };
	}
	const { customers, total } = await findCustomers(store, search, { limit: PAGE, offset: from });
	return { results: customers.map(choice), ...(total > from + PAGE && { paginationToken: String(from + PAGE) }) };
}

function choice({ id, code, firstName, lastName }: Customer): INodeListSearchResult['results'][number] {
	return { name: `${[lastName, firstName].filter(Boolean).join(' ')} (${code ?? `ID ${id}`})`, value: String(id) };
}
