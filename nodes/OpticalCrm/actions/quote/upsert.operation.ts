import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { ownerField, ownerOptions, upsertRecords } from '../records/upsertRecords';
import { QUOTE, STATUS_OPTIONS } from './quoteNode';

export const option = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update a quote',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
};

export const fields: INodeProperties[] = [
	ownerField,
	{
		displayName: 'Quote Code',
		name: 'code',
		type: 'string',
		default: '',
		placeholder: 'e.g. P00123',
		description: 'The code of the shop program, one for each quote. Without one it is recognised by customer, day and description.',
	},
	{ displayName: 'Made On', name: 'madeOn', type: 'string', default: '', placeholder: 'e.g. 2026-11-22 or 22/11/2026' },
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: STATUS_OPTIONS,
		default: 'open',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{ displayName: 'Amount', name: 'amount', type: 'string', default: '', placeholder: 'e.g. 349,00', description: 'In the currency of the shop' },
			...ownerOptions,
			{ displayName: 'Description', name: 'description', type: 'string', default: '', placeholder: 'e.g. Occhiali progressivi' },
			{ displayName: 'Valid Until', name: 'validUntil', type: 'string', default: '', placeholder: 'e.g. 2026-12-22' },
		],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await upsertRecords(context, QUOTE, ['code', 'madeOn', 'status']);
}
