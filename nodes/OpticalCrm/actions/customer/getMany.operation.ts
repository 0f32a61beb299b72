import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';
import type { Customer } from '../../../../lib/domain/customer';
import { CrmError } from '../../../../lib/domain/errors';
import type { Shop } from '../../../../lib/domain/shop';
import { listCustomers, type CustomerQuery } from '../../../../lib/store/customers/customers';
import { contactOf } from '../../../shared/customerSearch';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { readPages } from '../../../shared/paging';
import { CHANNEL_OPTIONS, PURPOSE_OPTIONS } from '../../../shared/options';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many customers',
	description: 'Get many customers with their contact points',
};

export const fields: INodeProperties[] = [
	...RETURN_ALL_OR_LIMIT,
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
				displayName: 'Birth Month',
				name: 'birthMonth',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 12 },
				default: 1,
				description: 'Only customers born in this month, 1 to 12',
			},
			{
				displayName: 'Can Be Reached By',
				name: 'reachableBy',
				type: 'multiOptions',
				default: [],
				options: [
					{ name: 'Address', value: 'address' },
					{ name: 'E-Mail', value: 'email' },
					{ name: 'Mobile', value: 'mobile' },
					{ name: 'Phone', value: 'phone' },
				],
				description: 'Only customers who have all of these, and valid. Whether they may be contacted is for the Consent Check to say.',
			},
			{
				displayName: 'Changed Since',
				name: 'changedSince',
				type: 'dateTime',
				default: '',
				description: 'Only customers created or changed at or after this moment, or with an address or consent added then',
			},
			{
				displayName: 'Consent Given',
				name: 'consent',
				type: 'fixedCollection',
				default: {},
				description: 'Only customers whose last word on this is a yes. Whether it may be used is for the Consent Check to say.',
				options: [
					{
						displayName: 'Given',
						name: 'given',
						values: [
							{
								displayName: 'Channel',
								name: 'channel',
								type: 'options',
								options: CHANNEL_OPTIONS,
								default: 'email',
							},
							{
								displayName: 'Purpose',
								name: 'purpose',
								type: 'options',
								options: PURPOSE_OPTIONS,
								default: 'marketing',
							},
						],
					},
				],
			},
			{
				displayName: 'E-Mail or Phone',
				name: 'contact',
				type: 'string',
				default: '',
				placeholder: 'e.g. 333 1234567',
				description: 'Only customers with this address or number, however it is written; a number without a country prefix is read as one of the country of the shop',
			},
			{
				displayName: 'Household ID',
				name: 'household',
				type: 'number',
				default: 0,
				description: 'Only members of this household',
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

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	return await readPages<Customer>(context, (index) => {
		const filters = context.getNodeParameter('filters', index, {}) as Filters;
		const query = toQuery(filters, store.shop);
		return async ({ limit, last }) => await listCustomers(store, { ...query, after: last?.id ?? filters.after ?? 0, limit });
	});
}

type Filters = Pick<CustomerQuery, 'search' | 'contact' | 'after' | 'birthMonth' | 'reachableBy' | 'household'> & {
	changedSince?: string;
	consent?: { given?: CustomerQuery['consent'] };
};

function toQuery({ contact, changedSince, consent, household, birthMonth, ...others }: Filters, { country, timeZone }: Shop): Omit<CustomerQuery, 'limit'> {
	return {
		...others,
		// What is neither an address nor a number finds nobody, and not everybody.
		contact: contact?.trim() && (contactOf(contact, country) ?? contact.trim()),
		birthMonth: birthMonth || undefined,
		household: household || undefined,
		consent: consent?.given,
		changedSince: changedSince ? instantIn(changedSince, timeZone) : undefined,
	};
}

/** A moment without an offset is one of the shop's clock. */
function instantIn(text: string, zone: string): string {
	const moment = DateTime.fromISO(String(text), { zone });
	if (moment.isValid) return moment.toUTC().toISO();
	throw new CrmError('Changed Since is no moment', 'Write it as in 2026-11-22T08:00:00, or 2026-11-22 for the beginning of that day.');
}
