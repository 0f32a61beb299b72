import type { Shop } from '../../lib/domain/shop';
import { contactOf, customerSearch } from '../../nodes/shared/customerSearch';

const shop = { country: 'IT', timeZone: 'Europe/Rome' } as Shop;
const search = (text: string) => customerSearch(text, shop, '2026-11-22T08:00:00.000Z');

it.each([
	['333 1234567', '+393331234567'], ['+39 333/123.45.67', '+393331234567'], ['055 212345', '+39055212345'], ['+44 20 7946 0958', '+442079460958'],
	[' Maria@Posta.Example ', 'maria@posta.example'], ['rossi', undefined], ['rossi 12', undefined], ['@', undefined], ['123', undefined],
])('reads %j as the contact %j', (text, contact) => {
	expect(contactOf(text, 'IT')).toBe(contact);
});

it.each([
	['22/11/1980', '1980-11-22'], ['22.11.80', '1980-11-22'], ['1980-11-22', '1980-11-22'], ['22 novembre 1980', '1980-11-22'],
	['22/11/2030', undefined], ['31/02/1980', undefined], ['19801122', undefined], ['29000', undefined], ['rossi', undefined],
])('reads %j as the birth date %j', (text, birthDate) => {
	expect(search(text).birthDate).toBe(birthDate);
});

it('keeps what was typed beside what was read of it', () => {
	expect(search('333 1234567')).toEqual({ text: '333 1234567', contact: '+393331234567' });
	expect(search('rossi mar')).toEqual({ text: 'rossi mar' });
});
