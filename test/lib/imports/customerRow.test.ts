import { customerRow } from '../../../lib/imports/customerRow';
import { mapHeadings } from '../../../lib/imports/mapping';
import type { RowOptions } from '../../../lib/imports/types';

const options: RowOptions = { today: '2026-11-22', timeZone: 'Europe/Rome', country: 'IT' };
const place = { row: 7, line: 9 };

function read(cells: Record<string, unknown>, more: Partial<RowOptions> = {}) {
	return customerRow(cells, mapHeadings(Object.keys(cells)).mapping, { ...options, ...more }, place);
}

/** The customer, or a failure that shows why there is none. */
function customerOf(cells: Record<string, unknown>, more?: Partial<RowOptions>) {
	const result = read(cells, more);
	if (result.status === 'rejected') throw new Error(result.rejection.reason);
	return { ...result.customer, warnings: result.warnings.map(({ field, reason }) => `${field} ${reason}`) };
}

test('a whole customer', () => {
	const result = read({
		Codice: 'C00042', Cognome: "D'ANGELO", Nome: "NICOLO'", Titolo: 'DOTT.', Sesso: 'M', 'Data di nascita': '29/02/1980', Cellulare: '325/1234567',
		Telefono: '0185 012345', 'E-mail': 'Nicolo@Posta.Example', Indirizzo: 'Via dei Limoni 7', CAP: '16043', Città: 'Chiavari', Prov: 'GE', Lingua: 'italiano',
		'Consenso e-mail': 'SI', 'Consenso SMS': 'no', 'Consenso WhatsApp': '', 'Data consenso': '01/02/2020', Deceduto: 'N',
	});
	expect(result).toEqual({
		status: 'accepted',
		customer: {
			code: 'C00042', lastName: "D'Angelo", firstName: 'Nicolò', title: 'Dott.', sex: 'M', birthDate: '1980-02-29', language: 'it', deceased: false,
			address: { street: 'Via dei Limoni 7', postalCode: '16043', town: 'Chiavari', province: 'GE' },
			contactPoints: [
				{ kind: 'email', value: 'nicolo@posta.example' },
				{ kind: 'phone', value: '+393251234567', line: 'mobile' },
				{ kind: 'phone', value: '+390185012345', line: 'landline' },
			],
			consents: [
				{ channel: 'email', purpose: 'marketing', status: 'granted', capturedOn: '2020-02-01' },
				{ channel: 'sms', purpose: 'marketing', status: 'denied', capturedOn: '2020-02-01' },
			],
		},
		warnings: [],
	});
});

test('what is absent is absent, not blank', () => {
	const result = read({ Codice: '1', Cognome: 'Rossi', Nome: 'Anna', Sesso: '', 'Data di nascita': '00/00/0000', 'E-mail': '-', Indirizzo: '', Deceduto: '' });
	expect(result).toEqual({ status: 'accepted', customer: { code: '1', lastName: 'Rossi', firstName: 'Anna', contactPoints: [], consents: [] }, warnings: [] });
});

test.each([
	[{ Cognome: '', Nome: '-' }, 'lastName', 'NAME_MISSING'],
	[{ Nominativo: '' }, 'lastFirstName', 'NAME_MISSING'],
	[{ Cognome: '=cmd|calc', Nome: 'Anna' }, 'lastName', 'NAME_IS_FORMULA'],
	[{ Cognome: 'Rossi', Nome: '@SUM(A1)' }, 'firstName', 'NAME_IS_FORMULA'],
	[{ Cognome: '123', Nome: 'Anna' }, 'lastName', 'NAME_WITHOUT_LETTERS'],
	[{ Cognome: 'R'.repeat(10_000_000), Nome: 'Anna' }, 'lastName', 'NAME_TOO_LONG'],
	[{ Cognome: 'Rossi', Nome: 'Anna', 'Data di nascita': '31/02/1980' }, 'birthDate', 'BIRTH_DATE_IMPOSSIBLE'],
	[{ Cognome: 'Rossi', Nome: 'Anna', 'Data di nascita': '01/01/2030' }, 'birthDate', 'BIRTH_DATE_IN_FUTURE'],
])('cannot be taken: %#', (cells, field, reason) => {
	expect(read(cells)).toEqual({ status: 'rejected', rejection: { ...place, field, reason, hint: expect.stringMatching(/\w/) } });
});

test('a field that cannot be right is left out and reported, and the customer is taken', () => {
	const customer = customerOf({ Codice: '', Cognome: 'Rossi', Nome: 'Anna', Sesso: '?!G', Cellulare: 'boh', 'E-mail': 'anna(at)posta', Prov: 'ZZ', CAP: 'tre', Indirizzo: '=1+1', Lingua: 'tedesco', 'Fuso orario': 'Marte' });
	expect(customer).toEqual({
		lastName: 'Rossi', firstName: 'Anna', contactPoints: [], consents: [],
		warnings: ['code CODE_MISSING', 'sex SEX_UNKNOWN', 'language LANGUAGE_UNKNOWN', 'timeZone TIME_ZONE_UNKNOWN', 'province PROVINCE_UNKNOWN', 'street TEXT_UNUSABLE', 'postalCode POSTAL_CODE_UNUSABLE', 'email EMAIL_UNUSABLE', 'mobile PHONE_UNUSABLE'],
	});
});

test('takes the clock by which the customer lives', () => {
	expect(customerOf({ Cognome: 'Rossi', Nome: 'Anna', 'Fuso orario': 'america/new_york' })).toMatchObject({ timeZone: 'America/New_York', warnings: expect.not.arrayContaining(['timeZone TIME_ZONE_UNKNOWN']) });
});

test('no problem ever repeats the value', () => {
	const result = read({ Codice: '=SECRET', Cognome: 'Rossi', Sesso: 'SECRET', Cellulare: 'SECRET', 'E-mail': 'SECRET@', Prov: 'SECRET', 'Consenso e-mail': 'SECRET', 'Data consenso': 'SECRET', Deceduto: 'SECRET', Lingua: 'SECRET' });
	expect(JSON.stringify(result)).not.toContain('SECRET');
	expect(JSON.stringify(read({ Cognome: 'Rossi', 'Data di nascita': 'SECRET' }))).not.toContain('SECRET');
});

test('invisible and bidirectional characters do not get in', () => {
	const customer = customerOf({ Cognome: '\u202eRos\u0000si\u200b', Nome: ' Anna\t\r\n Maria\u2066 ', Indirizzo: 'Via\u00a0Roma\u0007 5' });
	expect(customer).toMatchObject({ lastName: 'Rossi', firstName: 'Anna Maria', address: { street: 'Via Roma 5' } });
});

test('accents are composed', () => {
	expect(customerOf({ Cognome: 'Cantu\u0300', Nome: 'Anna' }).lastName).toBe('Cantù');
});

test('numbers, booleans and dates of a spreadsheet are read like their text', () => {
	const customer = customerOf({ Codice: 42, Cognome: 'Rossi', Cellulare: 3251234567, 'Data di nascita': new Date('1980-02-29T00:00:00Z'), 'Consenso e-mail': true, 'Consenso SMS': false, Nome: null, Note: { a: 1 } });
	expect(customer).toMatchObject({
		code: '42', firstName: '', birthDate: '1980-02-29', contactPoints: [{ value: '+393251234567' }],
		consents: [{ channel: 'email', status: 'granted' }, { channel: 'sms', status: 'denied' }],
	});
});

test('days that a spreadsheet typed as numbers, and what could be a day but is a year or a code', () => {
	expect(customerOf({ Codice: 45123, Cognome: 'Rossi', 'Data di nascita': 29221, Consenso: 1, 'Data consenso': 45123.5 })).toMatchObject({
		code: '45123', birthDate: '1980-01-01', consents: [{ status: 'granted', capturedOn: '2023-07-16' }], warnings: [],
	});
	expect(read({ Cognome: 'Rossi', 'Data di nascita': 1980 })).toMatchObject({ status: 'rejected', rejection: { reason: 'BIRTH_DATE_UNREADABLE' } });
	expect(customerOf({ Cognome: 'Rossi', 'Data di nascita': 0 })).not.toHaveProperty('birthDate');
});

test('codes that were kept as text keep their zeros', () => {
	expect(customerOf({ Codice: '="00042"', Cognome: 'Rossi' }).code).toBe('00042');
});

test('whole names', () => {
	expect(customerOf({ 'Cognome e nome': "DE LUCA NICOLO'" })).toMatchObject({ lastName: 'De Luca', firstName: 'Nicolò', warnings: ['lastFirstName NAME_SPLIT_GUESSED'] });
	expect(customerOf({ 'Nome e cognome': 'Anna Rossi' })).toMatchObject({ lastName: 'Rossi', firstName: 'Anna', warnings: [] });
});

test('the same number or address in two columns is one contact point', () => {
	const { contactPoints } = customerOf({ Cognome: 'Rossi', Cellulare: '325 1234567', Telefono: '+393251234567', 'E-mail': 'a@posta.example', 'E-mail 2': 'A@posta.example' });
	expect(contactPoints).toHaveLength(2);
});

test('the dead: a yes, a date, or what nobody understands', () => {
	expect(customerOf({ Cognome: 'Rossi', Deceduto: '12/03/2020' }).deceased).toBe(true);
	expect(customerOf({ Cognome: 'Rossi', Deceduto: 'boh' })).toMatchObject({ deceased: true, warnings: ['deceased DECEASED_UNCLEAR'] });
});

describe('consents', () => {
	const consents = (cells: Record<string, unknown>, more?: Partial<RowOptions>) => {
		const customer = customerOf({ Cognome: 'Rossi', ...cells }, more);
		return [...customer.consents.map(({ channel, purpose, status, capturedOn }) => [channel, purpose, status, ...(capturedOn ? [capturedOn] : [])].join(' ')), ...customer.warnings];
	};

	test('each column is about its own channel', () => {
		expect(consents({ 'Consenso e-mail': 'S', 'Consenso SMS': 'N', 'Consenso WhatsApp': 'X', 'Consenso telefono': 'no', 'Consenso posta': '1' })).toEqual([
			'email marketing granted', 'sms marketing denied', 'whatsapp marketing granted', 'call marketing denied', 'letter marketing granted',
		]);
	});

	test.each(['', '-', 'n.d.', 'forse', '2', 'da chiedere'])('"%s" is never granted', (text) => {
		expect(consents({ 'Consenso e-mail': text, Consenso: text, 'Consenso richiami': text }).join()).not.toContain('granted');
	});

	test('an unclear answer is counted', () => {
		expect(consents({ 'Consenso e-mail': 'forse' })).toEqual(['consentEmail CONSENT_UNCLEAR']);
	});

	test('a general yes stands for e-mail, or for the channels that the form names', () => {
		expect(consents({ Consenso: 'SI' })).toEqual(['email marketing granted']);
		expect(consents({ Consenso: 'SI' }, { generalConsentChannels: ['email', 'letter'] })).toEqual(['email marketing granted', 'letter marketing granted']);
		expect(consents({ 'Consenso richiami': 'SI' })).toEqual(['email recall granted']);
	});

	test('a general no stands for every channel', () => {
		expect(consents({ 'Consenso marketing': 'NO' })).toEqual(['any marketing denied']);
	});

	test('where two columns contradict each other, the no counts', () => {
		expect(consents({ Consenso: 'NO', 'Consenso e-mail': 'SI' })).toEqual(['email marketing denied', 'any marketing denied', 'consentMarketing CONSENT_CONTRADICTORY']);
		expect(consents({ Consenso: 'SI', 'Consenso e-mail': 'NO' })).toEqual(['email marketing denied', 'consentMarketing CONSENT_CONTRADICTORY']);
	});

	test('the day comes from its column, else from that of the privacy form', () => {
		expect(consents({ Consenso: 'SI', 'Data consenso': '01/02/2020', 'Data privacy': '03/04/2019' })).toEqual(['email marketing granted 2020-02-01']);
		expect(consents({ Consenso: 'SI', 'Data consenso': '', 'Data privacy': '03/04/2019' })).toEqual(['email marketing granted 2019-04-03']);
		expect(consents({ Consenso: 'SI', 'Data consenso': '01/02/2030' })).toEqual(['email marketing granted', 'consentDate CONSENT_DATE_UNUSABLE']);
	});
});
