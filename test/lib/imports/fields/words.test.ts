import { customerCode } from '../../../../lib/imports/fields/code';
import { deceased } from '../../../../lib/imports/fields/deceased';
import { language } from '../../../../lib/imports/fields/language';
import { postalCode } from '../../../../lib/imports/fields/postalCode';
import { province } from '../../../../lib/imports/fields/province';
import { sex } from '../../../../lib/imports/fields/sex';
import { plainText } from '../../../../lib/imports/fields/text';
import { timeZone } from '../../../../lib/imports/fields/timeZone';
import { title } from '../../../../lib/imports/fields/title';
import { yesNo } from '../../../../lib/imports/fields/yesNo';

describe('yesNo', () => {
	test.each(['SI', 'Sì', 'sì', "SI'", 'S', 's.', 'X', 'x', 'yes', 'Y', '1', '-1', 'Vero', 'TRUE', 'true', 'ok', '✓', '☑', 'Acconsente', 'Autorizzo', 'ACCETTA', 'Consenso prestato', 'iscritto', 'opt in', 'Subscribed'])('yes: %s', (text) => {
		expect(yesNo(text)).toBe('yes');
	});
	test.each(['NO', 'no', 'N', 'n.', '0', 'Falso', 'false', 'Non acconsente', 'revocato', 'NEGATO', 'NON ACCETTA', 'non prestato', 'disiscritto', 'Unsubscribed', 'opt out'])('no: %s', (text) => {
		expect(yesNo(text)).toBe('no');
	});
	test.each(['', '-', '?', 'n.d.', '☐', 'null'])('nothing: "%s"', (text) => {
		expect(['unclear', undefined]).toContain(yesNo(text));
		expect(yesNo(text === '☐' ? '' : text)).toBeUndefined();
	});
	test.each(['forse', 'da chiedere', 'sino', '2', 'si e no', 'da richiedere', 'non ancora', 'in attesa', 'parziale', 'n.r.', 'consenso', '1,0', '12/03/2019', 'non si', 'email', '☐'])('unclear, never yes: %s', (text) => {
		expect(yesNo(text)).toBe('unclear');
	});
});

const context = { today: '2026-11-22', timeZone: 'Europe/Rome' };

test.each([
	['S', { value: true }],
	['X', { value: true }],
	['12/03/2020', { value: true }],
	['NO', { value: false }],
	['00/00/0000', {}],
	['', {}],
	['+', { value: true, problem: 'DECEASED_UNCLEAR' }],
	['ricoverato', { value: true, problem: 'DECEASED_UNCLEAR' }],
])('deceased: %s', (text, expected) => {
	expect(deceased(text, context)).toEqual(expected);
});

test.each([
	['F', { value: 'F' }], ['femmina', { value: 'F' }], ['Donna', { value: 'F' }], ['m', { value: 'M' }], ['MASCHIO', { value: 'M' }], ['-', {}], ['G', { problem: 'SEX_UNKNOWN' }],
])('sex: %s', (text, expected) => {
	expect(sex(text)).toEqual(expected);
});

test.each([
	['IT', { value: 'it' }], ['Italiano', { value: 'it' }], ['ENG', { value: 'en' }], ['inglese', { value: 'en' }], ['', {}], ['tedesco', { problem: 'LANGUAGE_UNKNOWN' }],
])('language: %s', (text, expected) => {
	expect(language(text)).toEqual(expected);
});

test.each([
	['C00042', { value: 'C00042' }], ['0', {}], ['000', {}], ['-', {}], ['007', { value: '007' }], ['=1+1', { problem: 'CODE_UNUSABLE' }], ['9'.repeat(65), { problem: 'CODE_UNUSABLE' }],
])('code: %s', (text, expected) => {
	expect(customerCode(text)).toEqual(expected);
});

test.each([
	['GE', { value: 'GE' }], ['ge', { value: 'GE' }], ['(GE)', { value: 'GE' }], ['Genova', { value: 'GE' }], ["L'Aquila", { value: 'AQ' }], ['FORLI-CESENA', { value: 'FC' }], ['', {}], ['EE', { problem: 'PROVINCE_UNKNOWN' }],
])('province: %s', (text, expected) => {
	expect(province(text)).toEqual(expected);
});

test.each([
	['16043', true, { value: '16043' }],
	['I-16043', true, { value: '16043' }],
	['187', true, { value: '00187' }],
	['9045', true, { value: '09045' }],
	['00000', true, {}],
	['Chiavari', true, { problem: 'POSTAL_CODE_UNUSABLE' }],
	['6900', false, { value: '6900' }],
	['sw1a 1aa', false, { value: 'SW1A 1AA' }],
	['Lugano', false, { problem: 'POSTAL_CODE_UNUSABLE' }],
	['', false, {}],
])('postal code: %s (Italian: %s)', (text, italian, expected) => {
	expect(postalCode(text, italian)).toEqual(expected);
});

test.each([
	['DOTT.SSA', 'Dott.ssa'], ['dott.', 'Dott.'], ['Sig.ra', 'Sig.ra'], ['GENT.MA SIG.RA', 'Gent.ma Sig.ra'], ['', undefined], ['-', undefined],
])('title: %s', (text, expected) => {
	expect(title(text).value).toBe(expected);
});

test('a plain text is kept as it is, but no formula and no novel', () => {
	expect(plainText('VIA ROMA 5', 200)).toEqual({ value: 'VIA ROMA 5' });
	expect(plainText('=1+1', 200)).toEqual({ problem: 'TEXT_UNUSABLE' });
	expect(plainText('a'.repeat(201), 200)).toEqual({ problem: 'TEXT_UNUSABLE' });
	expect(plainText('-', 200)).toEqual({});
});

test.each([
	['Europe/Rome', { value: 'Europe/Rome' }], [' america/new york ', { value: 'America/New_York' }], ['UTC', { value: 'UTC' }], ['Etc/GMT+2', { value: 'Etc/GMT+2' }], ['', {}], ['-', {}],
	['+02:00', { problem: 'TIME_ZONE_UNKNOWN' }], ['CET+1', { problem: 'TIME_ZONE_UNKNOWN' }], ['Europe/Atlantis', { problem: 'TIME_ZONE_UNKNOWN' }], ['Rome', { problem: 'TIME_ZONE_UNKNOWN' }],
])('time zone: %s', (text, expected) => {
	expect(timeZone(text)).toEqual(expected);
});
