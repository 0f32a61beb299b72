import type { LocalDate } from '../../lib/domain/time';
import { plusDays } from '../../lib/domain/time';
import { ageInYears, birthdayFromToday } from './calendar';
import type { Person } from './person';
import type { Situation } from './scene';

/** A problem that the import must report: row counted from 1 without the headings. */
export interface ExpectedProblem {
	row: number;
	field: string;
	reason: string;
}

/** A birthday near today, and what must become of it. */
export interface ExpectedBirthday {
	row: number;
	/** Absent where the shop forgot to give one. */
	code?: string;
	firstName: string;
	lastName: string;
	birthDate: LocalDate;
	email?: string;
	dueOn: LocalDate;
	/** 0 today, positive when the day is past. */
	daysLate: number;
	turns: number;
	situation: Situation;
	/** Reason code of the block (RULES 1, 2, 7, CONTACT_INVALID); absent where the greeting may go. */
	reason?: string;
}

/** What must come out of an import of the export and of the birthdays of today; taken from the people, not from the rows. */
export interface Expected {
	rows: number;
	rejected: ExpectedProblem[];
	/** Fields that are left out of rows that are taken. */
	leftOut: ExpectedProblem[];
	/** In the store afterwards: a row without a code is the same person as the one with her name and birth date, another code is another customer. */
	customers: number;
	/** Customers who agreed, refused, were never asked. */
	consentEmail: { granted: number; denied: number; unknown: number };
	withEmail: number;
	/** All birthdays from 7 days ago to 7 days ahead. */
	birthdays: ExpectedBirthday[];
}

/** A row that is taken as a customer of its own. */
export interface KnownCustomer {
	row: number;
	person: Person;
	/** False where the row says nothing of the birth date. */
	birthDateKnown: boolean;
}

const REASON_OF: Record<Situation, string | undefined> = {
	allowed: undefined,
	deceased: 'SUBJECT_DECEASED',
	minor: 'MINOR',
	denied: 'CONSENT_MISSING',
	noConsent: 'CONSENT_MISSING',
	noEmail: 'CONTACT_INVALID',
};

/** The birthdays near today among these customers, in the order of the rows. */
export function expectedBirthdays(customers: readonly KnownCustomer[], today: LocalDate): ExpectedBirthday[] {
	return customers.flatMap(({ row, person, birthDateKnown }) => {
		const fromToday = birthDateKnown ? birthdayFromToday(person.birthDate, today) : undefined;
		if (fromToday === undefined) return [];
		const { code, firstName, lastName, birthDate, email } = person;
		const dueOn = plusDays(today, fromToday);
		const turns = Number(dueOn.slice(0, 4)) - Number(birthDate.slice(0, 4));
		const situation = situationOf(person, today);
		return [{ row, code, firstName, lastName, birthDate, email, dueOn, daysLate: 0 - fromToday, turns, situation, reason: REASON_OF[situation] }];
	});
}

/** How many greetings are due, may go, and are blocked for which reason, with a window as in the Birthday Due Trigger. */
export function expectedGreetings(
	birthdays: readonly ExpectedBirthday[],
	{ belatedDays, earlyDays }: { belatedDays: number; earlyDays: number },
): { due: number; allowed: number; blocked: Record<string, number> } {
	const due = birthdays.filter(({ daysLate }) => daysLate <= belatedDays && daysLate >= -earlyDays);
	const blocked: Record<string, number> = {};
	for (const { reason } of due) if (reason) blocked[reason] = (blocked[reason] ?? 0) + 1;
	return { due: due.length, allowed: due.filter(({ reason }) => !reason).length, blocked };
}

/** In the order of the rules: the person first, then the consent, then the address. */
function situationOf(person: Person, today: LocalDate): Situation {
	if (person.deceased) return 'deceased';
	if (ageInYears(person.birthDate, today) < 18) return 'minor';
	if (person.consentEmail !== 'yes') return person.consentEmail === 'no' ? 'denied' : 'noConsent';
	return person.email ? 'allowed' : 'noEmail';
}
