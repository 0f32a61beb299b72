import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { contactHistory, type ContactEntry } from '../../../../lib/store/customers/contactHistory';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { storeOf } from '../../../shared/store';
import { answersOf, chosenCustomers, customerField } from '../customer/customerField';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get the contact history of a customer',
	description: 'Get everything from and to a customer as one timeline, newest first: occasions, decisions, messages with their states, consents, merges',
};

export const fields: INodeProperties[] = [
	customerField,
	...RETURN_ALL_OR_LIMIT,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Skip',
				name: 'offset',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'How many entries of each customer to leave out: those of the pages before',
			},
			{
				displayName: 'Types',
				name: 'types',
				type: 'multiOptions',
				default: [],
				options: [
					{ name: 'Consent', value: 'consent' },
					{ name: 'Decision', value: 'decision' },
					{ name: 'Merge', value: 'merge' },
					{ name: 'Merge Undone', value: 'mergeUndone' },
					{ name: 'Message', value: 'message' },
					{ name: 'Message State', value: 'messageState' },
					{ name: 'Occasion', value: 'occasion' },
				],
				description: 'Only entries of these types; all when empty',
			},
		],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const chosen = await chosenCustomers(context, store, answers);
	const failed = answers.output.filter(Boolean);
	// Read for all customers at once, so the page is that of the first item.
	const { offset = 0, types } = context.getNodeParameter('filters', 0, {}) as { offset?: number; types?: Array<ContactEntry['type']> };
	const limit = context.getNodeParameter('returnAll', 0) ? Number.MAX_SAFE_INTEGER - offset : (context.getNodeParameter('limit', 0) as number);
	const entries = await contactHistory(store, [...new Set(chosen.map(({ customer }) => customer.id))], { limit, offset, types: types?.length ? types : undefined });
	const byCustomer = Map.groupBy(entries, (entry) => entry.customerId);
	const items = chosen.flatMap(({ index, customer }) =>
		(byCustomer.get(customer.id) ?? []).map((entry) => ({ json: { ...entry } as unknown as IDataObject, pairedItem: { item: index } })),
	);
	return [[...items, ...failed]];
}
