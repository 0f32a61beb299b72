import { CrmError } from '../../../lib/domain/errors';
import { birthdaySettings } from '../../../lib/occasions/birthdaySettings';

describe('birthdaySettings', () => {
	it('takes whole days up to 60 on either side, and 28 February unless told otherwise', () => {
		expect(birthdaySettings({ belatedDays: 3, earlyDays: 0 })).toEqual({ belatedDays: 3, earlyDays: 0, leapDay: '02-28', round: 'all', minAge: 1, maxAge: 120 });
		expect(birthdaySettings({ belatedDays: 60, earlyDays: 60, leapDay: '03-01' })).toMatchObject({ belatedDays: 60, earlyDays: 60, leapDay: '03-01' });
	});

	it.each([-1, 61, 1.5, Number.NaN, Infinity, '3', null, undefined])('refuses %p days, naming the setting', (days) => {
		expect(() => birthdaySettings({ belatedDays: days, earlyDays: 0 })).toThrow(CrmError);
		expect(() => birthdaySettings({ belatedDays: days, earlyDays: 0 })).toThrow(/belatedDays/);
		expect(() => birthdaySettings({ belatedDays: 0, earlyDays: days })).toThrow(/earlyDays/);
	});

	it('takes ages that leave somebody to greet, and round birthdays alone or left out', () => {
		const given = { belatedDays: 3, earlyDays: 0 };
		expect(birthdaySettings({ ...given, minAge: 18, maxAge: 18, round: 'only' })).toMatchObject({ minAge: 18, maxAge: 18, round: 'only' });
		expect(() => birthdaySettings({ ...given, minAge: 40, maxAge: 39 })).toThrow(/minAge is above maxAge/);
		for (const age of [0, 121, 1.5, '18']) expect(() => birthdaySettings({ ...given, minAge: age })).toThrow(/minAge/);
		expect(() => birthdaySettings({ ...given, round: 'some' })).toThrow(/round/);
	});

	it.each(['02-29', '28-02', 1, ''])('refuses %p as the day for 29 February', (leapDay) => {
		expect(() => birthdaySettings({ belatedDays: 0, earlyDays: 0, leapDay })).toThrow(/leapDay/);
	});
});
