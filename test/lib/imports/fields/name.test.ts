import fc from 'fast-check';
import { personName } from '../../../../lib/imports/fields/name';
import { nameCase } from '../../../../lib/imports/fields/nameCase';
import { splitName } from '../../../../lib/imports/fields/wholeName';

describe('nameCase', () => {
	test.each([
		['ROSSI', 'Rossi'],
		['rossi', 'Rossi'],
		['DE LUCA', 'De Luca'],
		["D'ANGELO", "D'Angelo"],
		['D’ANGELO', "D'Angelo"],
		["d'angelo", "D'Angelo"],
		["DELL'ACQUA", "Dell'Acqua"],
		["SANT'ANGELO", "Sant'Angelo"],
		["DI GIA'", 'Di Già'],
		["NICOLO'", 'Nicolò'],
		['NICOLO`', 'Nicolò'],
		["NOE'", 'Noè'],
		["JOSE'", 'José'],
		["CANTU'", 'Cantù'],
		["LAGANA' NOE'", 'Laganà Noè'],
		["Nicolo'", 'Nicolò'],
		["CALABRO'-FOTI", 'Calabrò-Foti'],
		["DE' MEDICI", "De' Medici"],
		["CA' ZORZI", "Ca' Zorzi"],
		["O'BRIEN", "O'Brien"],
		["D' AMICO", "D' Amico"],
		['MARIA-LUISA', 'Maria-Luisa'],
		['MCDONALD', 'McDonald'],
		['MACHIAVELLI', 'Machiavelli'],
		['MUÑOZ', 'Muñoz'],
		['ÀLEX', 'Àlex'],
		['GIAN L.', 'Gian L.'],
		['De luca', 'De luca'],
		['van Gogh', 'van Gogh'],
		['McDonald', 'McDonald'],
		['Mcdonald', 'Mcdonald'],
		['DeLuca', 'DeLuca'],
		['ROssi', 'ROssi'],
		['A', 'A'],
		['a', 'A'],
	])('%s -> %s', (written, expected) => {
		expect(nameCase(written)).toBe(expected);
	});

	test('proper case is kept by a second reading', () => {
		fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ABCDEIOUÀÈÒabceiou\' -.') }), (text) => {
			const once = nameCase(text);
			// A lone capital is "all capitals" and "proper case" at once, so only the second reading must be stable.
			expect(nameCase(nameCase(once))).toBe(nameCase(once));
		}));
	});
});

describe('personName', () => {
	test.each([
		["=cmd|' /C calc'!A0", 'NAME_IS_FORMULA'],
		['+39 Rossi', 'NAME_IS_FORMULA'],
		['-Rossi', 'NAME_IS_FORMULA'],
		['@SUM(A1)', 'NAME_IS_FORMULA'],
		["'=1+Rossi", 'NAME_IS_FORMULA'],
		['12345', 'NAME_WITHOUT_LETTERS'],
		['A'.repeat(101), 'NAME_TOO_LONG'],
	])('refuses %s', (text, problem) => {
		expect(personName(text)).toEqual({ problem });
	});

	test.each(['', '-', '...', 'n.d.', 'XXX', 'null', '=', '?'])('says nothing: "%s"', (text) => {
		expect(personName(text)).toEqual({});
	});

	test.each(["'t Hooft", 'No', 'Na', 'Li', 'Rossi 2', 'Nd Diaye'])('is a name: %s', (text) => {
		expect(personName(text)).toEqual({ value: text });
	});
});

describe('splitName', () => {
	test.each([
		['Rossi Mario', 'lastFirst', 'Rossi', 'Mario', false],
		['Rossi, Mario Luigi', 'lastFirst', 'Rossi', 'Mario Luigi', false],
		['De Luca Maria Grazia', 'lastFirst', 'De Luca', 'Maria Grazia', true],
		["D'Angelo Chiara", 'lastFirst', "D'Angelo", 'Chiara', false],
		['De La Cruz Ana', 'lastFirst', 'De La Cruz', 'Ana', true],
		['Mario Rossi', 'firstLast', 'Rossi', 'Mario', false],
		['Maria Grazia De Luca', 'firstLast', 'De Luca', 'Maria Grazia', true],
		['Rossi', 'lastFirst', 'Rossi', '', false],
		['Di Mario', 'lastFirst', 'Di', 'Mario', false],
	] as const)('%s (%s)', (name, order, lastName, firstName, guessed) => {
		expect(splitName(name, order)).toEqual({ lastName, firstName, guessed });
	});
});
