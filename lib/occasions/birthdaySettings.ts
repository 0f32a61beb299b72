import { CrmError } from '../domain/errors';

/** The day on which someone born on 29 February is greeted in common years, `MM-DD`. */
export const LEAP_DAYS = ['02-28', '03-01'] as const;
export type LeapDay = (typeof LEAP_DAYS)[number];

/** The widest window on either side. Both together stay well below the 180 days that `isNewBirthday` guards. */
export const MOST_WINDOW_DAYS = 60;

/** How the shop greets birthdays. */
export interface BirthdaySettings {
	/** A birthday is still greeted so many days later, when the system was down. Whole days, 0 to 60. */
	belatedDays: number;
	/** A birthday is emitted so many days ahead, for example to print a card. Whole days, 0 to 60. */
	earlyDays: number;
	/** When to greet people born on 29 February in common years; 28 February unless the shop chooses otherwise. */
	leapDay: LeapDay;
}

/**
 * Settings as a person or an expression gave them, checked.
 * @throws CrmError naming the setting that cannot be used
 */
export function birthdaySettings(given: { belatedDays: unknown; earlyDays: unknown; leapDay?: unknown }): BirthdaySettings {
	return {
		belatedDays: wholeDays('belatedDays', given.belatedDays),
		earlyDays: wholeDays('earlyDays', given.earlyDays),
		leapDay: leapDay(given.leapDay ?? '02-28'),
	};
}

function wholeDays(name: string, value: unknown): number {
	if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_WINDOW_DAYS) return value;
	throw new CrmError(
		`The birthday setting ${name} is not a whole number of days from 0 to ${MOST_WINDOW_DAYS}.`,
		`Set ${name} to a number such as 3.`,
	);
}

function leapDay(value: unknown): LeapDay {
	const known = LEAP_DAYS.find((day) => day === value);
	if (known) return known;
	throw new CrmError(
		'The birthday setting leapDay is neither 02-28 nor 03-01.',
		'Choose 28 February or 1 March for people born on 29 February.',
	);
}
