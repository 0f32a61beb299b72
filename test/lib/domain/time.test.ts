import fc from 'fast-check';
import { DateTime } from 'luxon';
import { isLocalDate, plusDays } from '../../../lib/domain/time';

const number = (max: number) => fc.integer({ min: 0, max });

test('a local date is a day of the calendar, as Luxon knows it', () => {
	fc.assert(fc.property(number(2500), number(14), number(33), (year, month, day) => {
		const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
		expect(isLocalDate(text)).toBe(DateTime.fromObject({ year, month, day }).isValid);
	}), { numRuns: 2000 });
	for (const day of ['2000-02-29', '1900-02-28', '2024-02-29']) expect(isLocalDate(day)).toBe(true);
	for (const day of ['1900-02-29', '2023-02-29', '2023-04-31', '2023-4-1', '20230401', '', ' 2023-04-01']) expect(isLocalDate(day)).toBe(false);
});

test('days are added as Luxon adds them', () => {
	const days = fc.date({ min: new Date('1800-01-01T00:00:00Z'), max: new Date('2200-12-31T00:00:00Z'), noInvalidDate: true });
	fc.assert(fc.property(days, fc.integer({ min: -40_000, max: 40_000 }), (date, count) => {
		const day = date.toISOString().slice(0, 10);
		expect(plusDays(day, count)).toBe(DateTime.fromISO(day, { zone: 'utc' }).plus({ days: count }).toISODate());
	}));
});
