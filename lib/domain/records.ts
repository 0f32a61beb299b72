import type { Instant, LocalDate } from './time';

/* What a shop knows of a customer beside the person: equipment, exams, appointments and quotes. Days are local days of the shop. */

export const EQUIPMENT_KINDS = ['spectacles', 'contact-lenses', 'other'] as const;
/** What was bought. `other` (cases, liquids, frames alone) counts for what a customer spent, but nobody is recalled for it. */
export type EquipmentKind = (typeof EQUIPMENT_KINDS)[number];

export const LENS_TYPES = ['single-vision', 'progressive', 'office', 'reading', 'sun', 'contact-lenses'] as const;
/** What the lenses are for; decides which occasions they give. */
export type LensType = (typeof LENS_TYPES)[number];

export const EXAM_KINDS = ['vision', 'contact-lenses', 'other'] as const;
/** What was examined: the vision, or how contact lenses sit. */
export type ExamKind = (typeof EXAM_KINDS)[number];

export const APPOINTMENT_STATUSES = ['booked', 'kept', 'missed', 'cancelled'] as const;
export type AppointmentStatus = (typeof APPOINTMENT_STATUSES)[number];

export const QUOTE_STATUSES = ['open', 'accepted', 'expired'] as const;
export type QuoteStatus = (typeof QUOTE_STATUSES)[number];

/** Whose a record is: by the store's id, else by the shop program's code, else by name and birth date together. */
export interface RecordOwner {
	customerId?: number;
	customerCode?: string;
	firstName?: string;
	lastName?: string;
	birthDate?: LocalDate;
}

/** A record as a source describes one. What is absent is left as it is; a record with a code that is known needs no owner. */
export type NewRecord<Fields> = RecordOwner & Partial<Fields> & {
	/** The shop program's own code of the record, one for each. Without one it is recognised by its owner, day and kind. */
	code?: string;
};

/** A record in the store. */
export type StoredRecord<Fields> = Fields & { id: number; customerId: number; code?: string };

/** A pair of spectacles or lenses, from the order on. */
export interface EquipmentFields {
	kind: EquipmentKind;
	lensType?: LensType;
	description?: string;
	/** What was paid, in cents of the shop's currency. */
	amountCents?: number;
	orderedOn?: LocalDate;
	/** The day it was handed over; absent until then. */
	deliveredOn?: LocalDate;
	/** The day from which it can be collected in the shop. */
	readyOn?: LocalDate;
	returnedOn?: LocalDate;
	/** Whether it is the customer's first progressive pair. */
	firstProgressive?: boolean;
	/** Contact lenses: for how many days they last. */
	supplyDays?: number;
	/** Contact lenses: the day on which they run out. Reckoned by the store from the delivery, else the order; what is given is not taken. */
	supplyEndsOn?: LocalDate;
	/** After how many months it should be looked at or replaced. */
	usefulMonths?: number;
}

/** An exam that has taken place. */
export interface ExamFields {
	kind: ExamKind;
	takenOn: LocalDate;
	/** Set by hand by an optometrist; wins over every interval. */
	nextDueOn?: LocalDate;
	examiner?: string;
}

/** An appointment in the shop. */
export interface AppointmentFields {
	/** What for, in the shop's own words, for example `controllo`. */
	kind: string;
	startsAt: Instant;
	status: AppointmentStatus;
}

/** A quote (preventivo). */
export interface QuoteFields {
	description?: string;
	/** In cents of the shop's currency. */
	amountCents?: number;
	madeOn: LocalDate;
	validUntil?: LocalDate;
	status: QuoteStatus;
}

export type NewEquipment = NewRecord<EquipmentFields>;
export type NewExam = NewRecord<ExamFields>;
export type NewAppointment = NewRecord<AppointmentFields>;
export type NewQuote = NewRecord<QuoteFields>;
export type Equipment = StoredRecord<EquipmentFields>;
export type Exam = StoredRecord<ExamFields>;
export type Appointment = StoredRecord<AppointmentFields>;
export type Quote = StoredRecord<QuoteFields>;
