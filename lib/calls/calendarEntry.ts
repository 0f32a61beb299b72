import { plusMinutes, type Instant } from '../domain/time';

/** A moment to be put into somebody's calendar. */
export interface CalendarMoment {
	/** Tells the entry from every other: written again, it changes the one that is there. */
	id: string;
	startsAt: Instant;
	minutes: number;
	/** IANA. */
	timeZone: string;
	summary: string;
	description?: string;
	location?: string;
	/** The entry is made at this moment. */
	now: Instant;
	/** Reminds so many minutes before; absent: not at all. */
	alarmMinutes?: number;
}

/** An iCalendar file (RFC 5545) with one entry, for the staff's phone or the customer's. */
export async function calendarEntry({ id, startsAt, minutes, timeZone, summary, description, location, now, alarmMinutes }: CalendarMoment): Promise<string> {
	const { default: ical, ICalAlarmType } = await import('ical-generator');
	const calendar = ical({ prodId: { company: 'n8n-nodes-optical-crm', product: 'optical-crm', language: 'IT' } });
	const event = calendar.createEvent({
		id, start: new Date(startsAt), end: new Date(plusMinutes(startsAt, minutes)), timezone: null, summary, description, location, stamp: new Date(now), created: new Date(now),
	});
	event.x('X-LOCAL-TIMEZONE', timeZone);
	if (alarmMinutes !== undefined) event.createAlarm({ type: ICalAlarmType.display, trigger: alarmMinutes * 60 });
	return calendar.toString();
}

/** What a telephone dials when it is touched (RFC 3966). */
export function telLink(number: string): string {
	return `tel:${number.replace(/[^+\d]/g, '')}`;
}
