import { plusDays, type LocalDate } from '../../lib/domain/time';
import contacts from './data/contacts.json';
import { usualDate, type Cells, type Heading } from './rows';

/** One way in which a row goes wrong, and what an import must say of it. */
export interface Dirt {
	/** How many rows go wrong like this. */
	rows: number;
	/** The row as it comes out; one cell too many shifts the rest. `index` counts the rows that go wrong like this. */
	spoil: (cells: Cells, index: number) => { cells: Cells; brokenStreet?: true };
	/** Field and reason, where the row cannot be taken. */
	rejected?: { field: string; reason: string };
	/** Field and reason, where only this field is left out. */
	leftOut?: { field: string; reason: string };
	/** What of the person is lost with it. */
	loses?: 'birthDate' | 'email' | 'mobile' | 'consentEmail';
}

const set = (heading: Heading, values: readonly string[]) => (cells: Cells, index: number) => ({ cells: { ...cells, [heading]: values[index % values.length] } });

/** The dirt of real exports. Duplicates and missing codes are made elsewhere. */
export function kindsOfDirt(today: LocalDate): Dirt[] {
	const birthDate = (reason: string) => ({ field: 'birthDate', reason });
	const future = [usualDate(plusDays(today, 400)), usualDate(plusDays(today, 9_000))];
	return [
		{ rows: 6, spoil: set('Data di nascita', ['31/02/1980', '30/02/1961', '31/04/1975', '29/02/1981', '15/13/1969', '31/11/1988']), rejected: birthDate('BIRTH_DATE_IMPOSSIBLE') },
		{ rows: 2, spoil: set('Data di nascita', future), rejected: birthDate('BIRTH_DATE_IN_FUTURE') },
		{ rows: 2, spoil: set('Data di nascita', ['11/11/1111', '03/07/1066']), rejected: birthDate('BIRTH_DATE_TOO_OLD') },
		{ rows: 2, spoil: set('Data di nascita', ['circa 1950', 'estate']), rejected: birthDate('BIRTH_DATE_UNREADABLE') },
		{ rows: 2, spoil: (cells) => ({ cells: { ...cells, Cognome: '', Nome: '' } }), rejected: { field: 'lastName', reason: 'NAME_MISSING' } },
		{ rows: 1, spoil: set('Cognome', ['=HYPERLINK("http://rossi.example","Rossi")']), rejected: { field: 'lastName', reason: 'NAME_IS_FORMULA' } },
		{ rows: 1, spoil: (cells) => ({ cells, brokenStreet: true }), rejected: { field: 'row', reason: 'ROW_TOO_LONG' } },
		{ rows: 8, spoil: set('Data di nascita', ['00/00/0000', '00/00/0000', '30/12/1899', '', '  /  /    ']), loses: 'birthDate' },
		{ rows: 20, spoil: set('E-mail', contacts.noEmail), loses: 'email' },
		{ rows: 6, spoil: set('E-mail', contacts.brokenEmails), leftOut: { field: 'email', reason: 'EMAIL_UNUSABLE' }, loses: 'email' },
		{ rows: 6, spoil: set('Cellulare', contacts.brokenPhones), leftOut: { field: 'mobile', reason: 'PHONE_UNUSABLE' }, loses: 'mobile' },
		{ rows: 3, spoil: set('Consenso e-mail', ['da chiedere', 'forse']), leftOut: { field: 'consentEmail', reason: 'CONSENT_UNCLEAR' }, loses: 'consentEmail' },
	];
}
