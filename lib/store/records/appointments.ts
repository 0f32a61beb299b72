import { sql } from 'kysely';
import type { Appointment, AppointmentFields, NewAppointment } from '../../domain/records';
import { fold } from '../../domain/text';
import { localDate, localDayBounds, type Instant } from '../../domain/time';
import type { Store } from '../open';
import { listRecords, type RecordQuery } from './listRecords';
import type { RecordKind } from './recordKind';
import { saveRecords, type RecordResult } from './saveRecords';

export const APPOINTMENTS: RecordKind<AppointmentFields> = {
	table: 'appointments',
	isVisit: true,
	fields: { kind: ['kind', 'text'], startsAt: ['starts_at', 'text'], status: ['status', 'text'] },
	day: sql.ref('record.starts_at'),
	withDefaults: (appointment) => ({ ...appointment, kind: appointment.kind ?? '', status: appointment.status ?? 'booked' }),
	identity: ({ startsAt = '', kind = '' }) => `${startsAt}|${fold(kind)}`,
	problem({ startsAt, status = 'booked' }, today, timeZone) {
		if (!startsAt) return { field: 'startsAt', reason: 'APPOINTMENT_TIME_MISSING' };
		const isOver = status === 'kept' || status === 'missed';
		return isOver && localDate(startsAt, timeZone) > today ? { field: 'status', reason: 'APPOINTMENT_NOT_YET' } : undefined;
	},
	isBad: (today, timeZone) => sql`(starts_at = '' or (status in ('kept', 'missed') and starts_at >= ${localDayBounds(today, timeZone).to}))`,
};

/** Saves appointments as `saveRecords` does. Without a code they are recognised by customer, start and kind: one that is moved needs its code. */
export async function saveAppointments(store: Store, appointments: readonly NewAppointment[], now: Instant): Promise<RecordResult[]> {
	return await saveRecords(store, APPOINTMENTS, appointments, now);
}

/** Lists appointments; `from` and `to` are days in the shop on which they start. */
export async function listAppointments(store: Store, query: RecordQuery<AppointmentFields>): Promise<Appointment[]> {
	const { timeZone } = store.shop;
	const from = query.from && localDayBounds(query.from, timeZone).from;
	// Up to the last millisecond before the next day.
	const to = query.to && new Date(Date.parse(localDayBounds(query.to, timeZone).to) - 1).toISOString();
	return await listRecords(store, APPOINTMENTS, { ...query, from, to });
}

/** When the customer's next booked appointment after a moment starts, where there is one. */
export async function appointmentAfter({ db, shop }: Pick<Store, 'db' | 'shop'>, customerId: number, after: Instant): Promise<Instant | undefined> {
	const { rows } = await sql<{ starts_at: Instant }>`
		select starts_at from appointments where customer_id = ${customerId} and +shop_id = ${shop.id} and status = 'booked' and starts_at > ${after} order by starts_at limit 1`.execute(db);
	return rows[0]?.starts_at;
}
