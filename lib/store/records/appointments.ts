import { sql } from 'kysely';
import { DateTime } from 'luxon';
import type { Appointment, AppointmentFields, NewAppointment } from '../../domain/records';
import { fold } from '../../domain/text';
import { localDate, plusDays, type Instant, type LocalDate } from '../../domain/time';
import type { Store } from '../open';
import { listRecords, type RecordQuery } from './listRecords';
import type { RecordKind } from './recordKind';
import { saveRecords, type RecordResult } from './saveRecords';

export const APPOINTMENTS: RecordKind<AppointmentFields> = {
	table: 'appointments',
	fields: { kind: ['kind', 'text'], startsAt: ['starts_at', 'text'], status: ['status', 'text'] },
	day: sql.ref('record.starts_at'),
	withDefaults: (appointment) => ({ ...appointment, kind: appointment.kind ?? '', status: appointment.status ?? 'booked' }),
	identity: ({ startsAt = '', kind = '' }) => `${startsAt}|${fold(kind)}`,
	problem({ startsAt, status = 'booked' }, today, timeZone) {
		if (!startsAt) return { field: 'startsAt', reason: 'APPOINTMENT_TIME_MISSING' };
		const isOver = status === 'kept' || status === 'missed';
		return isOver && localDate(startsAt, timeZone) > today ? { field: 'status', reason: 'APPOINTMENT_NOT_YET' } : undefined;
	},
	isBad: (today, timeZone) => sql`(starts_at = '' or (status in ('kept', 'missed') and starts_at >= ${startOf(plusDays(today, 1), timeZone)}))`,
};

/** Saves appointments as `saveRecords` does. Without a code they are recognised by customer, start and kind: one that is moved needs its code. */
export async function saveAppointments(store: Store, appointments: readonly NewAppointment[], now: Instant): Promise<RecordResult[]> {
	return await saveRecords(store, APPOINTMENTS, appointments, now);
}

/** Lists appointments; `from` and `to` are days in the shop on which they start. */
export async function listAppointments(store: Store, query: RecordQuery<AppointmentFields>): Promise<Appointment[]> {
	const { timeZone } = store.shop;
	const from = query.from && startOf(query.from, timeZone);
	const to = query.to && startOf(plusDays(query.to, 1), timeZone, -1);
	return await listRecords(store, APPOINTMENTS, { ...query, from, to });
}

/** The instant at which a day begins in the zone, moved by milliseconds. */
function startOf(day: LocalDate, zone: string, milliseconds = 0): Instant {
	return DateTime.fromISO(day, { zone }).plus({ milliseconds }).toUTC().toISO() as Instant;
}
