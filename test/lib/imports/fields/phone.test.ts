import fc from 'fast-check';
import { phones } from '../../../../lib/imports/fields/phone';

const mobile = { e164: '+393251234567', line: 'mobile' };
const landline = { e164: '+390185012345', line: 'landline' };

test.each([
	['325 1234567', [mobile]],
	['325/1234567', [mobile]],
	['325-1234567', [mobile]],
	['325.123.45.67', [mobile]],
	['3251234567', [mobile]],
	['+39 325 1234567', [mobile]],
	['0039 325 1234567', [mobile]],
	['39 325 1234567', [mobile]],
	['325 1234567 (moglie)', [mobile]],
	['cell. 325 1234567', [mobile]],
	['0185 012345', [landline]],
	['0185/012345', [landline]],
	['0185-012345 / 325 1234567', [landline, mobile]],
	['325 1234567 - 0185/012345', [mobile, landline]],
	['0185/012345/3251234567', [landline, mobile]],
	['0185-012345/325-1234567', [landline, mobile]],
	['3251234567 int. 12', [mobile]],
	['3251234567;0185012345', [mobile, landline]],
	['3251234567 3251234567', [mobile]],
	["'+39 325 1234567", [mobile]],
	['="+393251234567"', [mobile]],
	['0185 012345 / 325 1234567 / 0185.012345', [landline, mobile]],
	['casa 0185 012345, cell. 325 1234567', [landline, mobile]],
	['+41 79 123 45 67', [{ e164: '+41791234567', line: 'mobile' }]],
	['+1 212 555 0123', [{ e164: '+12125550123' }]],
])('%s', (text, values) => {
	expect(phones(text, 'IT')).toEqual({ values });
});

test('numbers without a prefix belong to the country of the shop', () => {
	expect(phones('079 123 45 67', 'CH')).toEqual({ values: [{ e164: '+41791234567', line: 'mobile' }] });
});

test.each(['', '-', '0', '000000', '3333333333', 'nessuno', 'no', 'x'])('says nothing: "%s"', (text) => {
	expect(phones(text, 'IT')).toEqual({ values: [] });
});

test.each(['325', '325ABC4567', 'da chiedere', '12345678901234567890', '800123456', '899123456', '325 1234567 99999', '325/1234567-0185/012345', '1'.repeat(100) + '2'.repeat(150)])('cannot be right: %s', (text) => {
	expect(phones(text, 'IT')).toEqual({ values: [], problem: 'PHONE_UNUSABLE' });
});

test('whatever is typed, what comes out is E.164', () => {
	fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 +/-.();abcx'), maxLength: 30 }), (text) => {
		for (const { e164 } of phones(text, 'IT').values) expect(e164).toMatch(/^\+[1-9]\d{6,14}$/);
	}));
});
