import spellings from '../../../lib/imports/data/headings.json';
import { CrmError } from '../../../lib/domain/errors';
import { FIELDS, guessMapping, headingKey } from '../../../lib/imports/headings';
import { mapHeadings } from '../../../lib/imports/mapping';

test('no spelling belongs to two fields', () => {
	const fieldOf = new Map<string, string>();
	for (const field of FIELDS) {
		for (const spelling of spellings[field]) {
			const key = headingKey(spelling);
			expect(key).not.toBe('');
			expect([spelling, fieldOf.get(key) ?? field]).toEqual([spelling, field]);
			fieldOf.set(key, field);
		}
	}
});

test.each([
	['Data di nascita', 'birthDate'], ['DATA_NASCITA', 'birthDate'], ['DataNascita', 'birthDate'], ['data nascita (gg/mm/aaaa)', 'birthDate'], ['Date of Birth', 'birthDate'],
	['CITTA\'', 'town'], ['Città', 'town'], ['E-Mail', 'email'], ['email', 'email'], ['e_mail', 'email'], ['CELL.', 'mobile'], ['Tel.', 'phone'], ['Prov', 'province'],
	['Consenso e-mail', 'consentEmail'], ['CONS. SMS', 'consentSms'], ['Consenso (SMS)', 'consentSms'], ['Consenso WhatsApp (S/N)', 'consentWhatsapp'], ['Consenso', 'consentMarketing'],
	['Consenso marketing', 'consentMarketing'], ['Data consenso', 'consentDate'], ['Consenso richiami', 'consentRecall'], ['Data privacy', 'privacyDate'], ['Deceduto/a', 'deceased'],
	['Cod. Cliente', 'code'], ['Sesso (M/F)', 'sex'], ['C.A.P.', 'postalCode'],
])('%s is %s', (heading, field) => {
	expect(guessMapping([heading, 'Cognome']).mapping).toMatchObject({ [field]: heading });
});

// How programs of shops, spreadsheets and databases head the same columns: capitals, underlines, no spaces, abbreviations, English.
test.each([
	['CODICE CLIENTE;SESSO;NOME;COGNOME;E-MAIL;DATA DI NASCITA;TELEFONO;INDIRIZZO;CAP;CITTA', 'code sex firstName lastName email birthDate phone street postalCode town'],
	['COD_CLI;COGNOME;NOME;DT_NASC;TEL_CELL;TEL_CASA;EMAIL;VIA;CAP;LOCALITA;PROV;CONS_SMS;CONS_MAIL;DATA_CONS', 'code lastName firstName birthDate mobile phone email street postalCode town province consentSms consentEmail consentDate'],
	['codice_cliente,nome,cognome,data_nascita,telefono_mobile,telefono_fisso,email_principale,email_secondaria,via,citta,cap,provincia,consenso_marketing,news_letter', 'code firstName lastName birthDate mobile phone email otherEmail street town postalCode province consentMarketing consentEmail'],
	['IdCliente;Cognome/Nome;NatoIl;Tel1;Tel2;Cellulare;PostaElettronica;Indirizzo1;Località;SiglaProv;PrivacyMarketing;DataPrivacy', 'code lastFirstName birthDate phone otherPhone mobile email street town province consentMarketing privacyDate'],
	['client_id,first_name,last_name,gender,date_of_birth,address_street,address_city,postal_code,phone_home,phone_work,phone_mobile,file_creation_date', 'code firstName lastName sex birthDate street town postalCode phone otherPhone mobile enteredOn'],
	['Patient ID\tTitle\tForename\tSurname\tDOB\tMobile no.\tTelephone\tPostcode\tE-mail opt-in\tSMS opt-in', 'code title firstName lastName birthDate mobile phone postalCode consentEmail consentSms'],
])('%s', (row, fields) => {
	const headings = row.split(/[;,\t]/);
	const { mapping, unknownHeadings } = guessMapping(headings);
	expect(unknownHeadings).toEqual([]);
	expect(mapping).toEqual(Object.fromEntries(fields.split(' ').map((field, index) => [field, headings[index]])));
});

test.each(['Privacy', 'Consenso privacy', 'Codice fiscale', 'Partita IVA', 'No SMS', 'Luogo di nascita', 'Data ultimo acquisto', 'Oculista', 'Consenso (profilazione)', 'Totale acquisti', 'Note', '', '#', '__proto__', 'constructor'])('"%s" is left unknown', (heading) => {
	expect(guessMapping(['Cognome', heading])).toEqual({ mapping: { lastName: 'Cognome' }, unknownHeadings: [heading] });
});

test('the first of two headings for one field is taken, the other is listed', () => {
	expect(guessMapping(['Cognome', 'Cellulare', 'Mobile'])).toEqual({ mapping: { lastName: 'Cognome', mobile: 'Cellulare' }, unknownHeadings: ['Mobile'] });
});

test('without a column for last names, "Nome" holds whole names', () => {
	expect(guessMapping(['Nome', 'E-mail']).mapping).toEqual({ lastFirstName: 'Nome', email: 'E-mail' });
	expect(guessMapping(['Cognome', 'Nome']).mapping).toEqual({ lastName: 'Cognome', firstName: 'Nome' });
});

describe('corrections', () => {
	const headings = ['Cognome', 'Nome', 'Telefono', 'Campo 7'];

	test('a heading can be given to a field, and a field can be left out', () => {
		const { mapping, unknownHeadings } = mapHeadings(headings, { mobile: 'Telefono', consentEmail: 'CAMPO 7', firstName: null });
		expect(mapping).toEqual({ lastName: 'Cognome', mobile: 'Telefono', consentEmail: 'Campo 7' });
		expect(unknownHeadings).toEqual(['Nome']);
	});

	test('a heading that is not there is an error that names the ones there are', () => {
		expect(() => mapHeadings(headings, { email: 'Posta' })).toThrow(CrmError);
		expect(() => mapHeadings(headings, { email: 'Posta' })).toThrow(expect.objectContaining({ howToGoOn: expect.stringContaining('Campo 7') }));
	});

	test('so is a field that does not exist, and a file without names', () => {
		expect(() => mapHeadings(headings, { posta: 'Telefono' } as never)).toThrow(/posta/);
		expect(() => mapHeadings(['Telefono', 'E-mail'])).toThrow(/of a name/);
		expect(() => mapHeadings(headings, { lastName: null, firstName: null })).toThrow(/of a name/);
	});
});
