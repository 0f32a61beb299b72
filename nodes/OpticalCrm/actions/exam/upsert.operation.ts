import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { ownerField, ownerOptions, upsertRecords } from '../records/upsertRecords';
import { EXAM, KIND_OPTIONS } from './examNode';

export const option = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update an exam',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
};

export const fields: INodeProperties[] = [
	ownerField,
	{
		displayName: 'Exam Code',
		name: 'code',
		type: 'string',
		default: '',
		placeholder: 'e.g. V00123',
		description: 'The code of the shop program, one for each exam. Without one it is recognised by customer, day and kind.',
	},
	{ displayName: 'Taken On', name: 'takenOn', type: 'string', default: '', placeholder: 'e.g. 2026-11-22 or 22/11/2026' },
	{ displayName: 'Next Due On', name: 'nextDueOn', type: 'string', default: '', placeholder: 'e.g. 2027-11-22', description: 'The next check as the optometrist set it; wins over every interval' },
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			...ownerOptions,
			{ displayName: 'Examiner', name: 'examiner', type: 'string', default: '', placeholder: 'e.g. Chiara' },
			{
				displayName: 'Kind',
				name: 'kind',
				type: 'options',
				options: KIND_OPTIONS,
				default: 'vision',
			},
		],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await upsertRecords(context, EXAM, ['code', 'takenOn', 'nextDueOn']);
}
