import type { INodePropertyOptions } from 'n8n-workflow';
import { appointmentRow } from '../../../../lib/imports/records/appointmentRow';
import { listAppointments, saveAppointments } from '../../../../lib/store/records/appointments';

/** The states of an appointment, as the panel offers them. */
export const STATUS_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Booked', value: 'booked' },
	{ name: 'Cancelled', value: 'cancelled' },
	{ name: 'Kept', value: 'kept' },
	{ name: 'Missed', value: 'missed' },
];

/** What the operations need of appointments. */
export const APPOINTMENT = { read: appointmentRow, save: saveAppointments, list: listAppointments };
