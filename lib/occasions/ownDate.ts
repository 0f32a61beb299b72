import { CrmError } from '../domain/errors';
import { MESSAGE_CLASSES, type MessageClass } from '../domain/glossary';
import { plusDays } from '../domain/time';
import type { DueFact } from '../domain/dueSearch';
import { course, courseSettings } from './course';
import type { DueKind } from './dueKind';
import { latest, type CustomerFacts, type Due } from './facts';
import { momentsOf } from './missedAppointment';
import { wholeNumber } from './settings';
import { afterDays, daysOf } from './spans';

export const DATE_SOURCES = ['ownDate', 'exam', 'delivery', 'appointment', 'entered'] as const;
/** Where the date stands: a date of the consultant's own, the last exam, the last delivery of glasses, an appointment that is booked, the day of the entry. */
export type DateSource = (typeof DATE_SOURCES)[number];

/** Something that is due a number of days before or after a date. */
export interface OwnDateSettings {
	/** Makes the kind `date.<name>`; for dates of the consultant's own also their name in the store. */
	name: string;
	source: DateSource;
	/** Days after the date; below 0: before it. */
	days: number;
	class: MessageClass;
	windowDays: number;
}

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** The day of the entry and exams are never many on one day; this only asks for all. */
const EVERYBODY = 1_000_000_000;

/** @throws CrmError naming the setting that cannot be used */
export function ownDateSettings(given: Record<keyof OwnDateSettings, unknown>): OwnDateSettings {
	const name = String(given.name ?? '').trim();
	if (!NAME.test(name) || name.length > 40) {
		throw new CrmError('The name of a date cannot be used.', 'Use at most 40 lower-case letters, digits and hyphens, for example guarantee-end.');
	}
	const source = DATE_SOURCES.find((known) => known === given.source);
	if (!source) throw new CrmError(`The date "${name}" has an unknown source.`, `Choose one of ${DATE_SOURCES.join(', ')}.`);
	const messageClass = MESSAGE_CLASSES.find((known) => known === given.class);
	if (!messageClass) throw new CrmError(`The date "${name}" has an unknown class of message.`, `Choose one of ${MESSAGE_CLASSES.join(', ')}.`);
	return {
		name, source, class: messageClass,
		days: wholeNumber(`"Days" of the date "${name}"`, given.days, -3650, 3650),
		windowDays: courseSettings(`the date "${name}"`, { windowDays: given.windowDays, followUps: [], callLast: false }).windowDays,
	};
}

/** The dates of the customer that the settings mean, each with the day on which something is due. */
export function ownDateDue({ exams, equipment, appointments, enteredOn, ownDates }: CustomerFacts, { name, source, days }: OwnDateSettings): Due[] {
	const last = (all: Array<string | undefined>) => [latest(all)].filter((day) => day !== undefined);
	const dates: Record<DateSource, string[]> = {
		ownDate: ownDates.filter((own) => own.name === name).map(({ day }) => day),
		exam: last(exams.filter(({ kind }) => kind !== 'other').map(({ takenOn }) => takenOn)),
		delivery: last(equipment.filter(({ kind, returnedOn }) => kind === 'spectacles' && returnedOn === undefined).map(({ deliveredOn }) => deliveredOn)),
		appointment: appointments.filter(({ status }) => status === 'booked').map(({ startsOn }) => startsOn),
		entered: last([enteredOn]),
	};
	return dates[source].map((since) => ({ dueOn: plusDays(since, days), since }));
}

/** A date as a kind of occasion. Service goes at once; the rest lets more important contacts go first. */
export function ownDate({ name, source, days, class: messageClass, windowDays }: OwnDateSettings, timeZone: string): DueKind {
	const kind = `date.${name}`;
	const facts: Record<DateSource, DueFact> = {
		ownDate: { of: 'ownDate', name },
		exam: { of: 'lastExam' },
		delivery: { of: 'delivery' },
		appointment: { of: 'appointment', status: 'booked' },
		entered: { of: 'entered', most: EVERYBODY },
	};
	const dated = course(kind, { windowDays, followUps: [], callLast: false }, (window) => [{
		kind, stage: 1, class: messageClass,
		waits: messageClass !== 'service',
		unlessBooked: false,
		fact: facts[source],
		same: { dueDays: 7, sinceDays: 0 },
		when: source === 'appointment' ? { days: daysOf(window(windowDays)).map((day) => momentsOf(day, days, timeZone)) } : afterDays(window(windowDays), days),
	}], messageClass);
	return { ...dated, ofPurchase: source === 'delivery' };
}
