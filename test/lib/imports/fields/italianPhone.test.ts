import fc from 'fast-check';
import { findPhoneNumbersInText, parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max';
import { italianPhones } from '../../../../lib/imports/fields/italianPhone';

const RUNS = { numRuns: 5000 };
const digits = (minLength: number, maxLength: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });
const sign = fc.constantFrom('', ' ', '.', '-', '/');
/** Area codes, mobiles, other kinds of number, prefixes, Vatican City, and what looks like a prefix and is none. */
const start = fc.constantFrom('0185', '02', '06', '06698', '0669', '0831', '325', '39', '393', '31', '43', '55', '800', '89', '00', '0039', '+39', '+39 ', '+41', '+39 06698', '');

/** What the library makes of it, in our words. */
function byLibrary(number: PhoneNumber | undefined): { e164: string; line: string | undefined } | undefined {
	return number && { e164: number.number, line: { MOBILE: 'mobile', FIXED_LINE: 'landline' }[number.getType() as string] };
}

test('one number: the library says the same', () => {
	const typed = fc.tuple(start, fc.array(fc.tuple(sign, digits(1, 8)), { maxLength: 6 })).map(([first, rest]) => first + rest.flat().join(''));
	let taken = 0;
	fc.assert(fc.property(typed, (text) => {
		const ours = italianPhones(text);
		if (!ours) return;
		taken++;
		expect(ours).toEqual([byLibrary(parsePhoneNumberFromString(text, 'IT'))]);
	}), RUNS);
	expect(taken).toBeGreaterThan(100);
});

test('every beginning, in every length: the library says the same', () => {
	for (let first = 0; first < 1000; first++) {
		for (let length = 6; length <= 12; length++) {
			const text = String(first).padStart(3, '0') + '123456789'.slice(0, length - 3);
			const ours = italianPhones(text);
			if (ours) expect([text, ours]).toEqual([text, [byLibrary(parsePhoneNumberFromString(text, 'IT'))]]);
		}
	}
});

/** A number parted at most once. */
const tidy = fc.tuple(fc.constantFrom('', '+39 ', '+39'), fc.constantFrom('0185', '02', '06', '325', '347'), sign, digits(6, 7)).map((parts) => parts.join(''));

test('several numbers with a clear sign between: the library finds each of them', () => {
	fc.assert(fc.property(fc.array(tidy, { minLength: 2, maxLength: 3 }), fc.constantFrom(';', ', ', ' | ', ',', ' / ', ' - '), (parts, between) => {
		const ours = italianPhones(parts.join(between));
		if (!ours) return;
		expect(ours).toEqual(parts.flatMap((part) => findPhoneNumbersInText(part, 'IT').map(({ number }) => byLibrary(number))));
	}), { numRuns: 1000 });
});

test.each(['', 'boh', '325', '3251234', '800123456', '+41 79 123 45 67', '39 325 1234567', '0039 325 1234567', '325 1234567 int. 2', '0185 012345 / boh', '06698 12345', '325  1234567', '(0185) 012345'])('"%s" is left to the library', (text) => {
	expect(italianPhones(text)).toBeUndefined();
});
