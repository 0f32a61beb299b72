import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { saveCustomers } from '../../../../lib/store/customers/saveCustomers';
import { now } from '../../../shared/clock';
import { CHANNEL_OPTIONS, FORMALITY_OPTIONS, LANGUAGE_OPTIONS, PURPOSE_OPTIONS } from '../../../shared/options';
import { errorItem, nodeError } from '../../../shared/errors';
import { storeOf } from '../../../shared/store';
import { readCustomer, type AdditionalFields } from './readCustomer';

export const option = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update a customer',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Customer Code',
		name: 'code',
		type: 'string',
		default: '',
		placeholder: 'e.g. C00042',
		description: 'The code of the shop program. Without one, the customer is found by name and birth date.',
	},
	{ displayName: 'First Name', name: 'firstName', type: 'string', default: '', placeholder: 'e.g. Giulia' },
	{ displayName: 'Last Name', name: 'lastName', type: 'string', default: '', placeholder: 'e.g. De Luca' },
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{ displayName: 'Birth Date', name: 'birthDate', type: 'string', default: '', placeholder: 'e.g. 1979-04-26 or 26/04/1979' },
			{
				displayName: 'Consents',
				name: 'consents',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Consent',
				default: {},
				options: [
					{
						displayName: 'Consent',
						name: 'consent',
						values: [
							{
								displayName: 'Captured On',
								name: 'capturedOn',
								type: 'string',
								default: '',
								placeholder: 'e.g. 2026-11-22',
								description: 'The day on which the customer said it; now when empty',
							},
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
							{
								displayName: 'Status',
								name: 'status',
								type: 'options',
								options: [
									{ name: 'Denied', value: 'denied' },
									{ name: 'Granted', value: 'granted' },
									{ name: 'Objected', value: 'objected' },
									{ name: 'Withdrawn', value: 'withdrawn' },
								],
								default: 'granted',
							},
						],
					},
				],
			},
			{ displayName: 'Deceased', name: 'deceased', type: 'boolean', default: false, description: 'Whether the customer has died; nobody writes to them any more' },
			{ displayName: 'E-Mail', name: 'email', type: 'string', default: '', placeholder: 'name@email.com' },
			{ displayName: 'Entered By', name: 'enteredBy', type: 'string', default: '', placeholder: 'e.g. Chiara', description: 'Who typed the customer in; the data quality report shows it' },
			{
				displayName: 'Formality',
				name: 'formality',
				type: 'options',
				options: FORMALITY_OPTIONS,
				default: 'lei',
			},
			{
				displayName: 'Language',
				name: 'language',
				type: 'options',
				options: LANGUAGE_OPTIONS,
				default: 'it',
			},
			{ displayName: 'Mobile', name: 'mobile', type: 'string', default: '', placeholder: 'e.g. 333 1234567' },
			{ displayName: 'Phone', name: 'phone', type: 'string', default: '', placeholder: 'e.g. 055 1234567' },
			{ displayName: 'Postal Code', name: 'postalCode', type: 'string', default: '', placeholder: 'e.g. 50122' },
			{
				displayName: 'Privacy Notice Version',
				name: 'noticeVersion',
				type: 'string',
				default: '',
				placeholder: 'e.g. 2024-01',
				description: 'The privacy notice under which the consents were given',
			},
			{ displayName: 'Province', name: 'province', type: 'string', default: '', placeholder: 'e.g. FI' },
			{
				displayName: 'Sex',
				name: 'sex',
				type: 'options',
				options: [
					{ name: 'Female', value: 'F' },
					{ name: 'Male', value: 'M' },
				],
				default: 'F',
				description: 'For the salutation only',
			},
			{ displayName: 'Street', name: 'street', type: 'string', default: '', placeholder: 'e.g. Via dei Neri 4' },
			{
				displayName: 'Time Zone',
				name: 'timeZone',
				type: 'string',
				default: '',
				placeholder: 'e.g. America/New_York',
				description: 'Where the customer lives by another clock than the shop: messages leave in the hours of both. A name of the IANA list.',
			},
			{ displayName: 'Title', name: 'title', type: 'string', default: '', placeholder: 'e.g. Dott.ssa' },
			{ displayName: 'Town', name: 'town', type: 'string', default: '', placeholder: 'e.g. Firenze' },
		],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const input = context.getInputData();
	const output = new Array<INodeExecutionData>(input.length);
	const fail = (index: number, error: unknown) => {
		if (!context.continueOnFail()) throw nodeError(context.getNode(), error, index);
		output[index] = errorItem(context.getNode(), input[index], error, index);
	};
	const read = input.flatMap((_, index) => {
		try {
			const given = (name: string, fallback: object | string) => context.getNodeParameter(name, index, fallback);
			const fields = { code: given('code', ''), firstName: given('firstName', ''), lastName: given('lastName', '') };
			return [{ index, ...readCustomer(store.shop, fields, given('additionalFields', {}) as AdditionalFields, now()) }];
		} catch (error) {
			fail(index, error);
			return [];
		}
	});
	for (const [noticeVersion, entries] of Map.groupBy(read, (entry) => entry.noticeVersion)) {
		const results = await saveCustomers(store, entries.map(({ customer }) => customer), { source: 'workflow', noticeVersion }, now());
		results.forEach((result, position) => {
			const { index, leftOut } = entries[position];
			if (result.status === 'rejected') fail(index, new CrmError('More than one customer has this name and birth date', 'Give the customer code.'));
			else output[index] = { json: { ...result, leftOut } as IDataObject, pairedItem: { item: index } };
		});
	}
	return [output];
}
