import fc from 'fast-check';
import { amountInCents, centsOf } from '../../../../lib/imports/fields/amount';
import { supplyDays, usefulMonths } from '../../../../lib/imports/fields/duration';
import { moment, recordDate } from '../../../../lib/imports/fields/recordDate';
import { appointmentStatus, equipmentKind, examKind, lensType, quoteStatus } from '../../../../lib/imports/fields/recordWords';

const context = { today: '2026-11-22', timeZone: 'Europe/Rome' };

test.each<[string, number]>([
	['349', 34900], ['349,00', 34900], ['349,5', 34950], ['349.50', 34950], ['1.234,56', 123456], ['1.234', 123400], ['1 234,56', 123456],
	["1'234,56", 123456], ['1,234.56', 123456], ['€ 1.234,56', 123456], ['12,50 €', 1250], ['EUR 12', 1200], ['0', 0], ['0,00', 0], ['149,9000', 14990], ['149.9000', 14990], ['+12', 1200],
])('%s is %d cents', (text, value) => {
	expect(amountInCents(text)).toEqual({ value });
});

test.each(['-12,50', '12,50-', '(12,50)', '€ -12,50', '-1.234'])('%s is less than zero', (text) => expect(amountInCents(text)).toEqual({ problem: 'AMOUNT_NEGATIVE' }));
// A comma before three digits may part thousands or decimals; a zero before a dot parts no thousands.
test.each(['1,234', '12.34.56', '1.23.456', 'abc', '12 euro e 50', '0.500', '99.999.999.999', '=1+1', '1e9', '∞'])('%s is no amount', (text) => expect(amountInCents(text)).toEqual({ problem: 'AMOUNT_UNUSABLE' }));
test.each(['', '-', 'n.d.'])('"%s" says nothing', (text) => expect(amountInCents(text)).toEqual({}));

test('a typed number is in whole units, whatever its dots', () => {
	expect([centsOf(349), centsOf(1.005), centsOf(122.951), centsOf(-0)]).toEqual([{ value: 34900 }, { value: 101 }, { value: 12295 }, { value: 0 }]);
	expect([centsOf(-0.01), centsOf(1e12)]).toEqual([{ problem: 'AMOUNT_NEGATIVE' }, { problem: 'AMOUNT_UNUSABLE' }]);
});

test('every amount up to ten million is read back as Italians write it', () => {
	const italian = new Intl.NumberFormat('it-IT', { minimumFractionDigits: 2, useGrouping: 'always' } as Intl.NumberFormatOptions);
	fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (cents) => {
		const [units, decimals] = [Math.floor(cents / 100), String(cents % 100).padStart(2, '0')];
		expect(amountInCents(`${italian.format(units).replace(/,00$/, '')},${decimals}`)).toEqual({ value: cents });
		expect(amountInCents(`${units},${decimals}`)).toEqual({ value: cents });
	}));
});

test.each<[string, number]>([['90', 90], ['90,00', 90], ['90 gg', 90], ['30 giorni', 30], ['3 mesi', 90], ['2 sett.', 14]])('a supply of %s is %d days', (text, value) => expect(supplyDays(text)).toEqual({ value }));
test.each(['0', '-30', '4000', 'tante', '30 anni', '1,5', '3 constructor'])('a supply of %s is refused', (text) => expect(supplyDays(text)).toEqual({ problem: 'SUPPLY_UNUSABLE' }));
test('a useful life may be in years', () => expect([usefulMonths('24'), usefulMonths('2 anni'), usefulMonths('0')]).toEqual([{ value: 24 }, { value: 24 }, { problem: 'USEFUL_LIFE_UNUSABLE' }]));

test.each<[string, string]>([['22/11/26', '2026-11-22'], ['25/11/26', '2026-11-25'], ['20/11/27', '2027-11-20'], ['01/02/99', '1999-02-01'], ['2026-11-22', '2026-11-22']])('%s is the day %s', (text, value) => expect(recordDate(text, context)).toEqual({ value }));
test.each(['31/02/2026', '01/01/0204', 'ieri'])('%s is no day', (text) => expect(recordDate(text, context)).toEqual({ problem: 'DATE_UNUSABLE' }));

test.each<[string, string]>([
	['22/11/2026 10:30', '2026-11-22T09:30:00.000Z'], ['2026-07-01T9.05', '2026-07-01T07:05:00.000Z'], ['2026-11-22T10:30:00+01:00', '2026-11-22T09:30:00.000Z'], ['2026-11-22T10:30:00.000Z', '2026-11-22T10:30:00.000Z'],
])('%s is the moment %s', (text, value) => expect(moment(text, context)).toEqual({ value }));
test.each(['22/11/2026', '31/02/2026 10:00', '22/11/2026 25:00', 'domani 10:00', '10:30'])('%s is no moment', (text) => expect(moment(text, context)).toEqual({ problem: 'TIME_UNUSABLE' }));

test.each<[string, string]>([
	['PROGRESSIVA', 'progressive'], ['Lente progressiva 1.6', 'progressive'], ['LAC', 'contact-lenses'], ['Lenti a contatto progressive', 'contact-lenses'], ['Monofocale da lontano', 'single-vision'],
	['Occhiale da sole', 'sun'], ['Da vicino', 'reading'], ['Degressiva', 'office'], ['single-vision', 'single-vision'],
])('a lens "%s" is %s', (text, value) => expect(lensType(text)).toEqual({ value }));
test('what is not known is said, what is empty is not', () => {
	expect([lensType('Bifocale'), lensType(''), lensType('solennemente')]).toEqual([{ problem: 'LENS_TYPE_UNKNOWN' }, {}, { problem: 'LENS_TYPE_UNKNOWN' }]);
});

test('kinds and statuses', () => {
	expect([equipmentKind('Occhiali da vista'), equipmentKind('Soluzione per lenti a contatto'), equipmentKind('Lenti a contatto')].map(({ value }) => value)).toEqual(['spectacles', 'other', 'contact-lenses']);
	expect([examKind('Esame della vista'), examKind('Controllo LAC'), examKind('Controllo OCT')].map(({ value }) => value)).toEqual(['vision', 'contact-lenses', 'other']);
	expect([appointmentStatus('Non presentato'), appointmentStatus('presentato'), appointmentStatus('forse')]).toEqual([{ value: 'missed' }, { value: 'kept' }, { problem: 'STATUS_UNKNOWN' }]);
	expect([quoteStatus('Aperto'), quoteStatus('ACCEPTED')]).toEqual([{ value: 'open' }, { value: 'accepted' }]);
});
