import type { NewContactPoint, NewCustomer, StatedConsent } from '../../../lib/domain/customer';
import type { LocalDate } from '../../../lib/domain/time';
import type { Person } from '../../shop/person';

/** Somebody of the fictional town, as the shop knows them and as they live. */
export interface Citizen {
	/** The shop program's code. */
	code: string;
	/** Id in the store, once the shop has entered the customer. */
	id?: number;
	person: Person;
	wearsLenses: boolean;
	hadProgressive: boolean;
	/** Whether the shop was told yes to being reminded, by phone, letter and message. */
	recalls: 'yes' | 'no' | 'unknown';
	/** Dead, moved away or erased: nothing more happens. */
	gone: boolean;
	/** The day of the next visit that nobody asked for. */
	comesOn?: LocalDate;
	/** Days between such visits. */
	rhythm: number;
	/** The order that waits to be collected, with what happens then. */
	waiting?: { code: string; collect: (day: LocalDate) => void };
	/** The quote that waits for an answer. */
	quote?: { code: string; accept: (day: LocalDate) => void };
	parent?: Citizen;
}

/** The citizen as the shop program hands them over. */
export function customerOf({ code, person }: Citizen, more: Partial<NewCustomer> = {}): NewCustomer {
	const { firstName, lastName, title, sex, birthDate, deceased } = person;
	return { code, firstName, lastName, title, sex, birthDate, deceased, contactPoints: contactPointsOf(person), consents: [], ...more };
}

function contactPointsOf({ email, mobile, landline, street, place }: Person): NewContactPoint[] {
	return [
		...(email ? [{ kind: 'email' as const, value: email }] : []),
		...(mobile ? [{ kind: 'phone' as const, value: `+39${mobile}`, line: 'mobile' as const }] : []),
		...(landline ? [{ kind: 'phone' as const, value: `+39${landline}`, line: 'landline' as const }] : []),
		{ kind: 'address', value: `${street}, ${place.postalCode} ${place.town} (${place.province})` },
	];
}

/** What the citizen said on the privacy form, on the day of the form. */
export function consentsOf({ person, recalls }: Citizen): StatedConsent[] {
	const { consentEmail, consentSms, consentDate: capturedOn } = person;
	const said = (answer: 'yes' | 'no' | 'unknown') => (answer === 'yes' ? 'granted' : answer === 'no' ? 'denied' : 'unknown');
	return [
		{ channel: 'email', purpose: 'marketing', status: said(consentEmail), capturedOn },
		{ channel: 'sms', purpose: 'marketing', status: said(consentSms), capturedOn },
		...(['email', 'sms', 'letter', 'call'] as const).map((channel): StatedConsent => ({ channel, purpose: 'recall', status: said(recalls), capturedOn })),
	];
}
