import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { ownerField, ownerOptions, upsertRecords } from '../records/upsertRecords';
import { APPOINTMENT, STATUS_OPTIONS } from './appointmentNode';

export const option = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update an appointment',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
};

export const fields: INodeProperties[] = [
	ownerField,
	{
		displayName: 'Appointment Code',
		name: 'code',
		type: 'string',
		default: '',
		placeholder: 'e.g. A00123',
		description: 'The code of the calendar, one for each appointment. Without one it is recognised by customer, start and kind, and cannot be moved.',
	},
	{ displayName: 'Starts At', name: 'startsAt', type: 'string', default: '', placeholder: 'e.g. 2026-11-22 10:30', description: 'Day and time in the time zone of the shop, unless an offset is written' },
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: STATUS_OPTIONS,
		default: 'booked',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			...ownerOptions,
			{ displayName: 'Kind', name: 'kind', type: 'string', default: '', placeholder: 'e.g. controllo', description: 'What the appointment is for' },
		],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await upsertRecords(context, APPOINTMENT, ['code', 'startsAt', 'status']);
}
