import { parseDate } from '../../../../lib/imports/fields/date';
import { birthDate } from '../../../../lib/imports/fields/birthDate';
import { consentDate } from '../../../../lib/imports/fields/consentDate';
import fc from 'fast-check';

const context = { today: '2026-11-22', timeZone: 'Europe/Rome' };

describe('parseDate', () => {
	test.each([
		['24/12/1975', '1975-12-24'],
		['4/2/1975', '1975-02-04'],
		['04-02-1975', '1975-02-04'],
		['04.02.1975', '1975-02-04'],
		['04 02 1975', '1975-02-04'],
		['4 / 2 / 1975', '1975-02-04'],
		['04021975', '1975-02-04'],
		['19750204', '1975-02-04'],
		['20111930', '1930-11-20'],
		['1975-02-04', '1975-02-04'],
		['1975/2/4', '1975-02-04'],
		['29/02/2000', '2000-02-29'],
		['04/02/1975 00:00:00', '1975-02-04'],
		['04/02/1975 0.00.00', '1975-02-04'],
		['4/2/1975 12:00:00 AM', '1975-02-04'],
		['1975-02-04T10:30', '1975-02-04'],
		['1975-02-04T00:00:00.000Z', '1975-02-04'],
		['1975-02-03T23:00:00.000Z', '1975-02-04'],
		['1975-02-04 01:30:00+03:00', '1975-02-03'],
		['12 gennaio 1980', '1980-01-12'],
		['12-gen-80', '1980-01-12'],
		['12 GEN. 1980', '1980-01-12'],
		['1° maggio 1980', '1980-05-01'],
		['1º Maggio 1980', '1980-05-01'],
		["12 sett '99", '1999-09-12'],
		['12/ago/2001', '2001-08-12'],
		['12dic1980', '1980-12-12'],
		['lunedì 12 gennaio 1980', '1980-01-12'],
		['Sat, 12 Jan 1980', '1980-01-12'],
		['12th of January 1980', '1980-01-12'],
		['January 12, 1980', '1980-01-12'],
		['Sep 3rd 1980', '1980-09-03'],
		['12-gen-1980 10:30', '1980-01-12'],
		['45123', '2023-07-16'],
		['45123.5', '2023-07-16'],
		['45123,999999', '2023-07-16'],
		['29221', '1980-01-01'],
		['10000', '1927-05-18'],
		['36585', '2000-02-29'],
		['73050', '2099-12-31'],
	])('%s', (text, expected) => {
		expect(parseDate(text, context).value).toBe(expected);
	});

	test.each([
		['22/11/26', '2026-11-22'],
		['23/11/26', '1926-11-23'],
		['1/1/05', '2005-01-01'],
		['1/2/75', '1975-02-01'],
		['31/12/99', '1999-12-31'],
		['29/02/00', '2000-02-29'],
	])('a year of two digits is the latest that is not after today: %s', (text, expected) => {
		expect(parseDate(text, context)).toEqual({ value: expected });
	});

	test.each(['', '-', '00/00/0000', '00/00/00', '0', '  /  /    ', '00/00/0000 00:00:00', 'n.d.', '30/12/1899', '01/01/1900', '0001-01-01', '1899-12-30T00:00:00.000Z'])('says nothing: "%s"', (text) => {
		expect(parseDate(text, context)).toEqual({});
	});

	test.each(['31/02/1980', '29/02/1981', '29/02/27', '32/01/1980', '12/31/1980', '00/05/1980', '1980-02-30', '31041975', '31-feb-1980', '30 febbraio 1980', 'February 30, 1980'])('a day that does not exist: %s', (text) => {
		expect(parseDate(text, context)).toEqual({ problem: 'IMPOSSIBLE' });
	});

	test.each(['circa 1950', '1950', '12/1950', '1/2/195', '1/2-1950', '01/02/1950 e poi', 'ieri', 'circa 12 gennaio 1980', '12 genn', '12 brumaio 1980', '13 mario 1980', 'gennaio 1980', '1980.5', '9999', '73051', '99999', '123456', '45123.', '-45123', '4512e1', '45123.5.5'])('no date: %s', (text) => {
		expect(parseDate(text, context)).toEqual({ problem: 'UNREADABLE' });
	});

	test('every day of four centuries is read back from every form', () => {
		const days = fc.date({ min: new Date('1700-01-01T00:00:00Z'), max: new Date('2100-12-31T00:00:00Z'), noInvalidDate: true });
		fc.assert(
			fc.property(days, (date) => {
				const iso = date.toISOString().slice(0, 10);
				fc.pre(!['1753-01-01', '1899-12-30', '1899-12-31', '1900-01-01'].includes(iso));
				const [year, month, day] = iso.split('-');
				for (const text of [iso, `${day}/${month}/${year}`, `${Number(day)}.${Number(month)}.${year}`, `${day}-${month}-${year} 10:20`]) {
					expect(parseDate(text, context)).toEqual({ value: iso });
				}
			}),
		);
	});
});

describe('birthDate', () => {
	test.each([
		['22/11/2026', { value: '2026-11-22' }],
		['23/11/2026', { problem: 'BIRTH_DATE_IN_FUTURE' }],
		['22/11/1906', { value: '1906-11-22' }],
		['22/11/1905', { problem: 'BIRTH_DATE_TOO_OLD' }],
		['11/11/1111', { problem: 'BIRTH_DATE_TOO_OLD' }],
		['31/02/1980', { problem: 'BIRTH_DATE_IMPOSSIBLE' }],
		['primavera', { problem: 'BIRTH_DATE_UNREADABLE' }],
		['', {}],
	])('%s', (text, expected) => {
		expect(birthDate(text, context)).toEqual(expected);
	});
});

describe('consentDate', () => {
	test.each([
		['22/11/2026', { value: '2026-11-22' }],
		['23/11/2026', { problem: 'CONSENT_DATE_UNUSABLE' }],
		['31/02/2020', { problem: 'CONSENT_DATE_UNUSABLE' }],
		['boh', { problem: 'CONSENT_DATE_UNUSABLE' }],
		['00/00/0000', {}],
	])('%s', (text, expected) => {
		expect(consentDate(text, context)).toEqual(expected);
	});
});
