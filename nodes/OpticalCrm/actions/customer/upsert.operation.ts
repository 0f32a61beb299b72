import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { NewCustomer, StatedConsent } from '../../../../lib/domain/customer';
import { CrmError } from '../../../../lib/domain/errors';
import { isLocalDate } from '../../../../lib/domain/time';
import { customerRow } from '../../../../lib/imports/customerRow';
import { shopToday } from '../../../../lib/domain/shop';
import type { Store } from '../../../../lib/store/open';
import { saveCustomers } from '../../../../lib/store/saveCustomers';
import { now } from '../../../shared/clock';
import { errorItem, nodeError } from '../../../shared/errors';
import { storeOf } from '../../../shared/store';
import { withAddress } from './importCustomers';

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
								options: [
									{ name: 'Call', value: 'call' },
									{ name: 'E-Mail', value: 'email' },
									{ name: 'Letter', value: 'letter' },
									{ name: 'Push', value: 'push' },
									{ name: 'SMS', value: 'sms' },
									{ name: 'WhatsApp', value: 'whatsapp' },
								],
								default: 'email',
							},
							{
								displayName: 'Purpose',
								name: 'purpose',
								type: 'options',
								options: [
									{ name: 'Health', value: 'health' },
									{ name: 'Marketing', value: 'marketing' },
									{ name: 'Profiling', value: 'profiling' },
									{ name: 'Recall', value: 'recall' },
									{ name: 'Survey', value: 'survey' },
								],
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
			{
				displayName: 'Formality',
				name: 'formality',
				type: 'options',
				options: [
					{ name: 'Lei', value: 'lei' },
					{ name: 'Tu', value: 'tu' },
				],
				default: 'lei',
			},
			{
				displayName: 'Language',
				name: 'language',
				type: 'options',
				options: [
					{ name: 'English', value: 'en' },
					{ name: 'Italian', value: 'it' },
				],
				default: 'it',
			},
			{ displayName: 'Mobile', name: 'mobile', type: 'string', default: '', placeholder: 'e.g. 333 1234567' },
			{ displayName: 'Phone', name: 'phone', type: 'string', default: '' },
			{ displayName: 'Postal Code', name: 'postalCode', type: 'string', default: '' },
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
			{ displayName: 'Street', name: 'street', type: 'string', default: '' },
			{ displayName: 'Title', name: 'title', type: 'string', default: '', placeholder: 'e.g. Dott.ssa' },
			{ displayName: 'Town', name: 'town', type: 'string', default: '' },
		],
	},
];

interface AdditionalFields extends IDataObject {
	formality?: NewCustomer['formality'];
	noticeVersion?: string;
	consents?: { consent?: StatedConsent[] };
}

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const input = context.getInputData();
	const output: INodeExecutionData[] = [];
	const wanted = new Map<string | undefined, Array<{ index: number; customer: NewCustomer; leftOut: string[] }>>();
	input.forEach((item, index) => {
		try {
			const more = context.getNodeParameter('additionalFields', index, {}) as AdditionalFields;
			const names = { code: context.getNodeParameter('code', index, ''), firstName: context.getNodeParameter('firstName', index, ''), lastName: context.getNodeParameter('lastName', index, '') };
			const read = readCustomer(store, names as IDataObject, more, index);
			const noticeVersion = more.noticeVersion?.trim() || undefined;
			wanted.set(noticeVersion, [...(wanted.get(noticeVersion) ?? []), { index, ...read }]);
		} catch (error) {
			if (!context.continueOnFail()) throw nodeError(context.getNode(), error, index);
			output.push(errorItem(context.getNode(), item, error, index));
		}
	});
	for (const [noticeVersion, entries] of wanted) {
		const results = await saveCustomers(store, entries.map(({ customer }) => customer), { source: 'workflow', undatedMeansNow: true, noticeVersion }, now());
		results.forEach((result, position) => {
			const { index, leftOut } = entries[position];
			output.push({ json: { ...result, leftOut } as IDataObject, pairedItem: { item: index } });
		});
	}
	return [output];
}

/** The fields as an import would read them: the same cleaning, the same checks. */
function readCustomer(store: Store, names: IDataObject, more: AdditionalFields, index: number): { customer: NewCustomer; leftOut: string[] } {
	const { consents, formality, noticeVersion, deceased, ...plain } = more;
	const cells: Record<string, unknown> = { ...names, ...plain, ...(deceased !== undefined && { deceased: deceased ? 'si' : 'no' }) };
	const mapping = Object.fromEntries(Object.keys(cells).map((field) => [field, field]));
	const options = { today: shopToday(store.shop, now()), timeZone: store.shop.timeZone, country: store.shop.country };
	const read = customerRow(cells, mapping, options, { row: index });
	if (read.status === 'rejected') {
		const { field, reason, hint } = read.rejection;
		throw new CrmError(`${field} cannot be used (${reason})`, hint);
	}
	const stated = consents?.consent ?? [];
	for (const { capturedOn } of stated) {
		if (capturedOn && !isLocalDate(capturedOn)) {
			throw new CrmError('The day of a consent is no calendar day', 'Write it as YYYY-MM-DD, for example 2026-11-22, or leave it empty for today.');
		}
	}
	const customer = withAddress(read.customer, store.shop.country);
	return {
		customer: { ...customer, formality, consents: stated.map(({ capturedOn, ...consent }) => ({ ...consent, capturedOn: capturedOn || undefined })) },
		leftOut: read.warnings.filter(({ reason }) => reason !== 'CODE_MISSING').map(({ field, reason }) => `${field}: ${reason}`),
	};
}
