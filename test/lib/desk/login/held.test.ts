import fc from 'fast-check';
import { heldForm, holdForm } from '../../../../lib/desk/login/held';

const form = (fields: Record<string, string[]>) => new Map(Object.entries(fields));

describe('a form that is held over the login', () => {
	it('comes back as it was, whatever was typed', () => {
		const name = fc.string({ minLength: 1, maxLength: 12 }).filter((one) => !['csrf', 'held', 'password', 'current', 'wanted', 'repeated', 'data', 'files', '__proto__'].includes(one) && one.isWellFormed());
		const text = fc.string({ unit: 'grapheme', maxLength: 80 });
		fc.assert(fc.property(fc.dictionary(name, fc.array(text, { minLength: 1, maxLength: 4 }), { minKeys: 1, maxKeys: 8 }), (fields) => {
			expect([...(heldForm(holdForm(form(fields))) ?? [])].sort()).toEqual([...form(fields)].sort());
		}));
	});

	it('holds no password and no token', () => {
		const held = holdForm(form({ action: ['changePassword'], csrf: ['a'], current: ['b'], wanted: ['c'], repeated: ['d'], password: ['e'], held: ['f'] }));
		expect(held).toBe('action=changePassword');
	});

	it('is nothing where nothing was held, or too much', () => {
		expect(heldForm('')).toBeUndefined();
		expect(heldForm(`body=${'x'.repeat(200_000)}`)).toBeUndefined();
		expect(heldForm(Array.from({ length: 100 }, (_, field) => `f${field}=1`).join('&'))).toBeUndefined();
	});
});
