import { CrmError } from '../domain/errors';

/** The day on which someone born on 29 February is greeted in common years, `MM-DD`. */
export const LEAP_DAYS = ['02-28', '03-01'] as const;
export type LeapDay = (typeof LEAP_DAYS)[number];

/** The widest window on either side. Both together stay well below the 180 days that `isNewBirthday` guards. */
const MOST_WINDOW_DAYS = 60;

const ROUND_BIRTHDAYS = ['all', 'only', 'except'] as const;
/** Which birthdays a trigger hands out: two of them can share the work, say letters for the round ones. */
export type RoundBirthdays = (typeof ROUND_BIRTHDAYS)[number];

/** Nobody older is greeted: such a birth date is a mistake of the keyboard, not an age. */
export const OLDEST_AGE = 120;

/** How the shop greets birthdays. */
export interface BirthdaySettings {
	/** A birthday is still greeted so many days later, when the system was down. Whole days, 0 to 60. */
	belatedDays: number;
	/** A birthday is emitted so many days ahead: letters leave at once, messages wait for the day. Whole days, 0 to 60. */
	earlyDays: number;
	/** When to greet people born on 29 February in common years; 28 February unless the shop chooses otherwise. */
	leapDay: LeapDay;
	/** Only round birthdays, all but those, or all; round ones can be divided by ten. */
	round: RoundBirthdays;
	/** The youngest age that is reached, 1 to 120. */
	minAge: number;
	/** The oldest age that is reached, up to 120. */
	maxAge: number;
}

/** What decides on which day a birthday is handed out. */
export type BirthdayDays = Pick<BirthdaySettings, 'belatedDays' | 'earlyDays' | 'leapDay'>;

/**
 * Settings as a person or an expression gave them, checked.
 * @throws CrmError naming the setting that cannot be used
 */
export function birthdaySettings(given: Partial<Record<keyof BirthdaySettings, unknown>>): BirthdaySettings {
	const [minAge, maxAge] = [age('minAge', given.minAge ?? 1), age('maxAge', given.maxAge ?? OLDEST_AGE)];
	if (minAge > maxAge) throw new CrmError('The birthday setting minAge is above maxAge: nobody would be greeted.', 'Set minAge to an age below maxAge.');
	return {
		belatedDays: wholeDays('belatedDays', given.belatedDays),
		earlyDays: wholeDays('earlyDays', given.earlyDays),
		leapDay: leapDay(given.leapDay ?? '02-28'),
		round: round(given.round ?? 'all'),
		minAge,
		maxAge,
	};
}

function wholeDays(name: string, value: unknown): number {
	if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_WINDOW_DAYS) return value;
	throw new CrmError(
		`The birthday setting ${name} is not a whole number of days from 0 to ${MOST_WINDOW_DAYS}.`,
		`Set ${name} to a number such as 3.`,
	);
}

function age(name: string, value: unknown): number {
	if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= OLDEST_AGE) return value;
	throw new CrmError(`The birthday setting ${name} is not an age from 1 to ${OLDEST_AGE}.`, `Set ${name} to a whole number of years.`);
}

function round(value: unknown): RoundBirthdays {
	const known = ROUND_BIRTHDAYS.find((choice) => choice === value);
	if (known) return known;
	throw new CrmError('The birthday setting round is unknown.', `Choose one of ${ROUND_BIRTHDAYS.join(', ')}.`);
}

function leapDay(value: unknown): LeapDay {
	const known = LEAP_DAYS.find((day) => day === value);
	if (known) return known;
	throw new CrmError(
		'The birthday setting leapDay is neither 02-28 nor 03-01.',
		'Choose 28 February or 1 March for people born on 29 February.',
	);
}
