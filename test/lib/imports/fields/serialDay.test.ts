import fc from 'fast-check';
import { plusDays } from '../../../../lib/domain/time';
import { serialDay } from '../../../../lib/imports/fields/serialDay';
import { moment, recordDate } from '../../../../lib/imports/fields/recordDate';

const context = { today: '2026-11-22', timeZone: 'Europe/Rome' };

test('the serial numbers of a spreadsheet count the days', () => {
	fc.assert(fc.property(fc.integer({ min: 10_000, max: 73_050 }), (serial) => {
		// 1 March 1900 is the 61st day: the 1900 system has a 29 February 1900.
		expect(serialDay(String(serial))).toEqual({ day: plusDays('1900-03-01', serial - 61), minutes: 0 });
	}));
});

test('the fraction is the time of the day, to the minute', () => {
	fc.assert(fc.property(fc.integer({ min: 10_000, max: 73_050 }), fc.integer({ min: 0, max: 1439 }), (serial, minutes) => {
		expect(serialDay(String(serial + minutes / 1440))).toMatchObject({ minutes });
	}));
});

test('neither years nor codes are taken for days', () => {
	fc.assert(fc.property(fc.oneof(fc.integer({ max: 9_999 }), fc.integer({ min: 73_051 })), (number) => {
		expect(serialDay(String(number))).toBeUndefined();
	}));
	for (const text of ['045123', '45123 ', '45123a', 'C45123', '4.5123', '45.123', '45123.', '1e4']) expect(serialDay(text)).toBeUndefined();
});

test('an appointment in a spreadsheet has its day and its time in one number', () => {
	expect(moment('46350.4375', context)).toEqual({ value: '2026-11-24T09:30:00.000Z' });
	expect(recordDate('46350.4375', context)).toEqual({ value: '2026-11-24' });
	for (const text of ['46350', '10000.5', '73051.5']) expect(moment(text, context)).toEqual({ problem: 'TIME_UNUSABLE' });
});
