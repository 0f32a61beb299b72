import { CrmError } from '../../../lib/domain/errors';
import { birthdaySettings } from '../../../lib/occasions/birthdaySettings';

describe('birthdaySettings', () => {
	it('takes whole days up to 60 on either side, and 28 February unless told otherwise', () => {
		expect(birthdaySettings({ belatedDays: 3, earlyDays: 0 })).toEqual({ belatedDays: 3, earlyDays: 0, leapDay: '02-28' });
		expect(birthdaySettings({ belatedDays: 60, earlyDays: 60, leapDay: '03-01' })).toEqual({ belatedDays: 60, earlyDays: 60, leapDay: '03-01' });
	});

	it.each([-1, 61, 1.5, Number.NaN, Infinity, '3', null, undefined])('refuses %p days, naming the setting', (days) => {
		expect(() => birthdaySettings({ belatedDays: days, earlyDays: 0 })).toThrow(CrmError);
		expect(() => birthdaySettings({ belatedDays: days, earlyDays: 0 })).toThrow(/belatedDays/);
		expect(() => birthdaySettings({ belatedDays: 0, earlyDays: days })).toThrow(/earlyDays/);
	});

	it.each(['02-29', '28-02', 1, ''])('refuses %p as the day for 29 February', (leapDay) => {
		expect(() => birthdaySettings({ belatedDays: 0, earlyDays: 0, leapDay })).toThrow(/leapDay/);
	});
});
