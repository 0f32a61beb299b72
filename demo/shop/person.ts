import type { LocalDate } from '../../lib/domain/time';

/** What a person said on the privacy form. */
export type Answer = 'yes' | 'no' | 'unknown';

export interface Place {
	town: string;
	postalCode: string;
	province: string;
	areaCode: string;
}

/** A person of the fictional shop as she really is, before anybody typed her into a program. */
export interface Person {
	/** Absent where the shop forgot to give one. */
	code?: string;
	firstName: string;
	lastName: string;
	sex: 'F' | 'M';
	title?: string;
	birthDate: LocalDate;
	street: string;
	place: Place;
	/** Digits without prefix. */
	mobile?: string;
	/** Digits with the area code. */
	landline?: string;
	email?: string;
	consentEmail: Answer;
	consentSms: Answer;
	consentDate?: LocalDate;
	deceased: boolean;
	/** Everything ever spent, in euro cents. */
	spent: number;
	lastPurchase: LocalDate;
}
