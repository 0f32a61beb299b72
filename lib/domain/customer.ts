import type { ConsentChannel, ConsentPurpose, ConsentStatus } from './consent';
import type { ContactPointKind, Formality, Language } from './glossary';
import type { LocalDate } from './time';

/** Nobody older, in completed years, is known; such a birth date is a slip of the keyboard. */
export const OLDEST_AGE = 120;

/** A way to reach a customer, with its value in normal form (lower-case e-mail, E.164 phone). */
export interface NewContactPoint {
	kind: ContactPointKind;
	value: string;
	line?: 'mobile' | 'landline';
}

/** What a source says of a consent; who said so and under which notice is added by whoever saves it. */
export interface StatedConsent {
	channel: ConsentChannel;
	purpose: ConsentPurpose;
	status: ConsentStatus;
	/** The day on which the customer said it; unknown when absent. */
	capturedOn?: LocalDate;
}

/** A customer as a source describes one. What is absent is left as it is; a blank never erases. */
export interface NewCustomer {
	code?: string;
	firstName: string;
	lastName: string;
	title?: string;
	sex?: 'F' | 'M';
	birthDate?: LocalDate;
	language?: Language;
	formality?: Formality;
	/** IANA, where the customer lives by another clock than the shop. */
	timeZone?: string;
	deceased?: boolean;
	/** Who typed the customer in, as the shop program says. */
	enteredBy?: string;
	enteredOn?: LocalDate;
	contactPoints: NewContactPoint[];
	consents: StatedConsent[];
}

/** A contact point in the store. */
export interface ContactPoint extends NewContactPoint {
	id: number;
	status: 'valid' | 'invalid' | 'bounced';
	preferred: boolean;
}

/** A customer in the store. */
export interface Customer extends Omit<NewCustomer, 'contactPoints' | 'consents' | 'deceased'> {
	id: number;
	deceased: boolean;
	contactPoints: ContactPoint[];
}
