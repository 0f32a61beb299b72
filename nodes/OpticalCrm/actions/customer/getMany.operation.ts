import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Customer } from '../../../../lib/domain/customer';
import { listCustomers } from '../../../../lib/store/customers';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many customers',
	description: 'Get many customers with their contact points',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'After ID',
				name: 'after',
				type: 'number',
				default: 0,
				description: 'Only customers with a higher ID: the last one of the page before',
			},
			{
				displayName: 'E-Mail or Phone',
				name: 'contact',
				type: 'string',
				default: '',
				placeholder: 'e.g. +393331234567',
				description: 'Only customers with this address, or this number with its country prefix',
			},
			{
				displayName: 'Name',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. rossi mar',
				description: 'Parts of the name in any order; case and accents do not matter',
			},
		],
	},
];

/** Customers read from the store at once. */
const PAGE = 1000;

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const items: INodeExecutionData[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		const filters = context.getNodeParameter('filters', index, {}) as { search?: string; contact?: string; after?: number };
		let room = context.getNodeParameter('returnAll', index) ? Infinity : (context.getNodeParameter('limit', index) as number);
		let after = filters.after ?? 0;
		for (let page: Customer[] = []; room > 0; room -= page.length) {
			page = await listCustomers(store, { ...filters, contact: normalContact(filters.contact), after, limit: Math.min(room, PAGE) });
			if (page.length === 0) break;
			after = page[page.length - 1].id;
			for (const customer of page) items.push({ json: { ...customer } as unknown as IDataObject, pairedItem: { item: index } });
		}
	}
	return [items];
}

/** The store keeps e-mails in lower case and numbers without spaces. */
function normalContact(contact: string | undefined): string | undefined {
	const trimmed = contact?.trim().toLowerCase();
	return trimmed && (trimmed.includes('@') ? trimmed : trimmed.replace(/[\s./-]/g, ''));
}
