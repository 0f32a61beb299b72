import fc from 'fast-check';
import { cellText, isFormula } from '../../../lib/imports/cell';

test('a plain cell is left as it is by a short way, which says the same', () => {
	const slowly = (text: string) => {
		const clean = text.normalize('NFC').replace(/\s+/gu, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').replace(/ {2,}/g, ' ').trim();
		return /^="([\p{L}\p{N} ./-]*)"$/u.exec(clean)?.[1].trim() ?? clean;
	};
	const text = fc.oneof(fc.string({ unit: fc.constantFrom(...'aZ0 ="\'.-/\t\n\u00a0\u200b\u0301è') }), fc.string({ unit: 'binary', maxLength: 6 }));
	fc.assert(fc.property(text.filter((written) => !/[ÂÃÄÅÆËâ]/.test(written)), (written) => expect(cellText(written)).toBe(slowly(written))), { numRuns: 3000 });
});

test.each([
	[' Anna ', 'Anna'], ['="00042"', '00042'], ['= "1"', '= "1"'], ['a  b', 'a b'], [12.5, '12.5'], [true, 'true'], [null, ''], [{ a: 1 }, ''], ['\u202eabc\u202c', 'abc'],
])('%j is %s', (cell, text) => {
	expect(cellText(cell)).toBe(text);
});

test.each(["=cmd|' /C calc'!A0", '+39 325', '-1', '@SUM(A1)', "'=1", '"=1', ' =1', "x|y!z"])('a formula: %s', (text) => expect(isFormula(text)).toBe(true));
test.each(['Rossi', 'a=b', 'Via Roma 5', 'a+b', "D'Angelo", 'a|b', ''])('no formula: "%s"', (text) => expect(isFormula(text)).toBe(false));
