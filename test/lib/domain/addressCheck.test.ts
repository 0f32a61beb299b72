import { checkAddress } from '../../../lib/domain/addressCheck';
import capPrefixes from '../../../lib/domain/data/capPrefixes.json';
import { addressInWords, envelopeLines, type PostalAddress } from '../../../lib/domain/postalAddress';
import provinces from '../../../lib/imports/data/provinces.json';

const HOME = { street: 'Via Roma 1', postalCode: '50123', town: 'Firenze', province: 'FI', country: 'IT' };
const check = (changes: PostalAddress) => checkAddress(JSON.stringify({ ...HOME, ...changes }), 'IT');

it('knows the postal codes of every province that an import knows', () => {
	expect(Object.keys(capPrefixes).sort()).toEqual(Object.keys(provinces).sort());
	for (const list of Object.values(capPrefixes)) expect(list).toMatch(/^\d{3}( \d{3})*$/);
});

it.each([
	['a whole address', {}],
	['a postal code at the border of its province', { postalCode: '23801', province: 'BG' }],
	['a place without numbers', { street: 'Località Poggio' }],
	['no number on purpose', { street: 'Via Verdi snc' }],
	['a post box', { street: 'Casella postale 12' }],
	['a province in small letters', { province: 'fi' }],
	['a province that the list does not know yet', { province: 'XX' }],
	['abroad, with no Italian postal code', { street: 'Bahnhofstrasse', postalCode: '8001', town: 'Zürich', province: undefined, country: 'CH' }],
])('nothing speaks against %s', (_, changes) => {
	expect(check(changes)).toEqual({ ok: true });
});

it.each([
	['NO_STREET', { street: ' ' }],
	['NO_NUMBER', { street: 'Via Roma' }],
	['NO_TOWN', { town: undefined }],
	['NO_CAP', { postalCode: undefined }],
	['CAP_WRONG', { postalCode: '5012' }],
	['CAP_WRONG', { postalCode: '5O123' }],
	['NO_PROVINCE', { province: undefined }],
	['CAP_NOT_OF_PROVINCE', { postalCode: '20121' }],
	['NO_COUNTRY', { country: 'Svizzera' }],
])('doubts: %s', (doubt, changes) => {
	expect(check(changes)).toEqual({ ok: false, doubt });
});

it('doubts what is no address, or free text', () => {
	expect([checkAddress(undefined, 'IT'), checkAddress(' ', 'IT'), checkAddress('Via Roma 1, 50123 Firenze FI', 'IT')]).toMatchObject([{ doubt: 'NO_ADDRESS' }, { doubt: 'NO_ADDRESS' }, { doubt: 'FREE_TEXT' }]);
});

it('writes an address on lines, with the country where it is another', () => {
	expect(envelopeLines(JSON.stringify(HOME), 'IT')).toEqual(['Via Roma 1', '50123 Firenze FI']);
	expect(envelopeLines(JSON.stringify({ street: 'Bahnhofstrasse 5', postalCode: '8001', town: 'Zürich', country: 'CH' }), 'IT')).toEqual(['Bahnhofstrasse 5', '8001 Zürich', 'SVIZZERA']);
	expect(envelopeLines('Via Roma 1, interno 4, 50123 Firenze FI', 'IT')).toEqual(['Via Roma 1, interno 4', '50123 Firenze FI']);
	expect(addressInWords('Via Roma 1')).toBe('Via Roma 1');
});
