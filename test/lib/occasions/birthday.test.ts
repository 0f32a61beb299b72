import { CrmError } from '../../../lib/domain/errors';
import { birthdayOccasion, birthdayWindow, isNewBirthday } from '../../../lib/occasions/birthday';
import type { LeapDay } from '../../../lib/occasions/birthdaySettings';

describe('birthdayWindow', () => {
	const on = (today: string, belatedDays = 0, earlyDays = 0, leapDay: LeapDay = '02-28') =>
		birthdayWindow(today, { belatedDays, earlyDays, leapDay });

	it('runs from the oldest due day to the earliest coming one, across the end of the year', () => {
		expect(on('2027-01-01', 2, 1)).toEqual([
			{ dueOn: '2026-12-30', monthDays: ['12-30'] },
			{ dueOn: '2026-12-31', monthDays: ['12-31'] },
			{ dueOn: '2027-01-01', monthDays: ['01-01'] },
			{ dueOn: '2027-01-02', monthDays: ['01-02'] },
		]);
	});

	it.each([
		['2026-02-28', '02-28', ['02-28', '02-29']],
		['2026-03-01', '02-28', ['03-01']],
		['2026-02-28', '03-01', ['02-28']],
		['2026-03-01', '03-01', ['03-01', '02-29']],
		['2028-02-28', '02-28', ['02-28']],
		['2028-02-29', '02-28', ['02-29']],
		['2028-02-29', '03-01', ['02-29']],
		['2028-03-01', '03-01', ['03-01']],
		['1900-02-28', '02-28', ['02-28', '02-29']],
		['2000-02-28', '02-28', ['02-28']],
		['2100-03-01', '03-01', ['03-01', '02-29']],
	] as const)('celebrates on %s with leap day %s the birth days %p', (today, leapDay, monthDays) => {
		expect(on(today, 0, 0, leapDay)).toEqual([{ dueOn: today, monthDays }]);
	});

	it.each(['2026-02-29', '22/11/2026', ''])('refuses %p as today', (today) => {
		expect(() => on(today)).toThrow(CrmError);
	});
});

describe('birthdayOccasion', () => {
	it('says which age the customer reaches and how late it is', () => {
		expect(birthdayOccasion('1980-12-31', '2026-12-31', '2027-01-02')).toEqual({
			kind: 'birthday', dueOn: '2026-12-31', stage: 1, class: 'relational', daysLate: 2, turns: 46,
		});
		expect(birthdayOccasion('1980-01-02', '2027-01-02', '2026-12-31')).toMatchObject({ daysLate: -2, turns: 47 });
		expect(birthdayOccasion('2004-02-29', '2026-02-28', '2026-02-28')).toMatchObject({ daysLate: 0, turns: 22 });
	});

	it('greets from the first birthday to the 120th', () => {
		expect(birthdayOccasion('2026-05-01', '2026-05-01', '2026-05-01')).toBeUndefined();
		expect(birthdayOccasion('2025-05-01', '2026-05-01', '2026-05-01')).toMatchObject({ turns: 1 });
		expect(birthdayOccasion('1906-05-01', '2026-05-01', '2026-05-01')).toMatchObject({ turns: 120 });
		expect(birthdayOccasion('1905-05-01', '2026-05-01', '2026-05-01')).toBeUndefined();
		expect(birthdayOccasion('2062-05-01', '2026-05-01', '2026-05-01')).toBeUndefined();
	});

	it.each(['1980-02-30', '01/05/1980', ''])('has nothing to say about the birth date %p', (birthDate) => {
		expect(birthdayOccasion(birthDate, '2026-05-01', '2026-05-01')).toBeUndefined();
	});
});

describe('isNewBirthday', () => {
	it('looks 180 days to either side', () => {
		expect(isNewBirthday('2026-07-01', [])).toBe(true);
		expect(isNewBirthday('2026-07-01', ['2025-07-01', '2027-07-01'])).toBe(true);
		expect(isNewBirthday('2026-07-01', ['2026-07-01'])).toBe(false);
		expect(isNewBirthday('2026-07-01', ['2026-01-02'])).toBe(false);
		expect(isNewBirthday('2026-07-01', ['2026-01-01'])).toBe(true);
		expect(isNewBirthday('2026-07-01', ['2025-07-01', '2026-12-28'])).toBe(false);
		expect(isNewBirthday('2026-07-01', ['2026-12-29'])).toBe(true);
	});
});
