import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { ownerField, ownerOptions, upsertRecords } from '../records/upsertRecords';
import { EQUIPMENT, LENS_OPTIONS } from './equipmentNode';

export const option = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update a piece of equipment',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
};

export const fields: INodeProperties[] = [
	ownerField,
	{
		displayName: 'Order Code',
		name: 'code',
		type: 'string',
		default: '',
		placeholder: 'e.g. B00123',
		description: 'The code of the shop program, one for each pair or supply. Without one it is recognised by customer, day, lens type and description.',
	},
	{ displayName: 'Ordered On', name: 'orderedOn', type: 'string', default: '', placeholder: 'e.g. 2026-11-08 or 08/11/2026' },
	{ displayName: 'Delivered On', name: 'deliveredOn', type: 'string', default: '', placeholder: 'e.g. 2026-11-22 or 22/11/2026', description: 'The day it was handed over; empty until then' },
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{ displayName: 'Amount', name: 'amount', type: 'string', default: '', placeholder: 'e.g. 349,00', description: 'What was paid, in the currency of the shop' },
			...ownerOptions,
			{ displayName: 'Description', name: 'description', type: 'string', default: '', placeholder: 'e.g. Montatura titanio, lenti 1.6' },
			{ displayName: 'First Progressive', name: 'firstProgressive', type: 'boolean', default: false, description: 'Whether these are the first progressive lenses of the customer' },
			{
				displayName: 'Kind',
				name: 'kind',
				type: 'options',
				options: [
					{ name: 'Contact Lenses', value: 'contact-lenses' },
					{ name: 'Other', value: 'other' },
					{ name: 'Spectacles', value: 'spectacles' },
				],
				default: 'spectacles',
				description: 'What was bought; taken from the lens type when left out',
			},
			{
				displayName: 'Lens Type',
				name: 'lensType',
				type: 'options',
				options: LENS_OPTIONS,
				default: 'single-vision',
			},
			{ displayName: 'Ready On', name: 'readyOn', type: 'string', default: '', placeholder: 'e.g. 2026-11-20', description: 'The day from which it can be collected in the shop' },
			{ displayName: 'Returned On', name: 'returnedOn', type: 'string', default: '', placeholder: 'e.g. 2026-11-22' },
			{ displayName: 'Supply Days', name: 'supplyDays', type: 'string', default: '', placeholder: 'e.g. 90', description: 'For how many days the contact lenses last' },
			{ displayName: 'Useful Months', name: 'usefulMonths', type: 'string', default: '', placeholder: 'e.g. 24', description: 'After how many months it should be looked at or replaced' },
		],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await upsertRecords(context, EQUIPMENT, ['code', 'orderedOn', 'deliveredOn']);
}
