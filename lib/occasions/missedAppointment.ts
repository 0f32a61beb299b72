import type { DueDay, WindowDay } from '../domain/dueSearch';
import { localDayBounds, plusDays } from '../domain/time';
import { course, courseSettings, firstStage, type CourseSettings } from './course';
import type { DueKind } from './dueKind';
import type { CustomerFacts, Due } from './facts';
import { wholeNumber } from './settings';
import { daysOf } from './spans';

/** When somebody who did not come is asked for another appointment. */
export interface MissedAppointmentSettings extends CourseSettings {
	/** Days after the appointment. */
	afterDays: number;
}

export const MISSED_APPOINTMENT_DEFAULTS: MissedAppointmentSettings = { afterDays: 1, windowDays: 7, followUps: [7], callLast: true };

/** @throws CrmError naming the setting that cannot be used */
export function missedAppointmentSettings(given: Partial<Record<keyof MissedAppointmentSettings, unknown>>): MissedAppointmentSettings {
	const all = { ...MISSED_APPOINTMENT_DEFAULTS, ...given };
	return { ...courseSettings('the missed appointments', all), afterDays: wholeNumber('"Days After" of the missed appointments', all.afterDays, 0, 60) };
}

/** Each appointment that was missed. */
export function missedAppointmentDue({ appointments }: CustomerFacts, { afterDays }: MissedAppointmentSettings): Due[] {
	return appointments.flatMap(({ status, startsOn }) => (status === 'missed' ? [{ dueOn: plusDays(startsOn, afterDays), since: startsOn }] : []));
}

/** The day that lies so many days before a day of the window, with the moments at which it begins and ends. */
export function momentsOf(day: WindowDay, days: number, timeZone: string): DueDay {
	const on = plusDays(day.dueOn, -days);
	return { ...day, on, ...localDayBounds(on, timeZone) };
}

/** Appointments that were missed, as a kind of occasion. Who has booked another one is not asked. */
export function missedAppointments(settings: MissedAppointmentSettings, timeZone: string): DueKind {
	return course('appointment.missed', settings, (window) => [{
		...firstStage('appointment.missed'),
		unlessBooked: true,
		fact: { of: 'appointment', status: 'missed' },
		same: { dueDays: 0, sinceDays: 0 },
		when: { days: daysOf(window(settings.windowDays)).map((day) => momentsOf(day, settings.afterDays, timeZone)) },
	}]);
}
