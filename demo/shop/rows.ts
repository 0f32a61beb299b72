import type { LocalDate } from '../../lib/domain/time';
import type { Person } from './person';
import type { Random } from './random';
import { inCapitals, typedAmount, typedAnswer, typedDate, typedLandline, typedMobile } from './typing';

/** The columns of the shop program's export, in its order. */
export const HEADINGS = [
	'Codice', 'Cognome', 'Nome', 'Titolo', 'Sesso', 'Data di nascita', 'Cellulare', 'Telefono', 'E-mail', 'Indirizzo', 'CAP', 'Città', 'Prov',
	'Consenso e-mail', 'Consenso SMS', 'Data consenso', 'Deceduto', 'Totale acquisti', 'Ultimo acquisto',
] as const;
export type Heading = (typeof HEADINGS)[number];
export type Cells = Record<Heading, string>;

/** A person as the staff typed her in. */
export function typedIn(person: Person, today: LocalDate, random: Random, capitals = random.chance(0.3)): Cells {
	const date = (day: LocalDate | undefined) => (day ? usualDate(day) : '');
	const { place, mobile, landline, email = '' } = person;
	const typedLand = landline ? typedLandline(landline, place.areaCode, random) : '';
	const typedCell = mobile ? typedMobile(mobile, random) : '';
	const together = mobile && landline && random.chance(0.1);
	return {
		Codice: person.code ?? '',
		Cognome: capitals ? inCapitals(person.lastName) : person.lastName,
		Nome: capitals ? inCapitals(person.firstName) : person.firstName,
		Titolo: person.title ?? '',
		Sesso: person.sex,
		'Data di nascita': typedDate(person.birthDate, today, random),
		Cellulare: together ? '' : typedCell,
		Telefono: together ? `${typedLand} / ${mobile}` : typedLand,
		'E-mail': random.chance(0.1) ? email.toUpperCase() : email,
		Indirizzo: capitals ? person.street.toUpperCase() : person.street,
		CAP: place.postalCode,
		Città: capitals ? inCapitals(place.town) : place.town,
		Prov: place.province,
		'Consenso e-mail': typedAnswer(person.consentEmail, random),
		'Consenso SMS': typedAnswer(person.consentSms, random),
		'Data consenso': date(person.consentDate),
		Deceduto: person.deceased ? random.pick(['S', 'SI', 'X']) : '',
		'Totale acquisti': typedAmount(person.spent),
		'Ultimo acquisto': date(person.lastPurchase),
	};
}

/** `gg/mm/aaaa`, as the program itself writes dates. */
export function usualDate(date: LocalDate): string {
	return date.split('-').reverse().join('/');
}
