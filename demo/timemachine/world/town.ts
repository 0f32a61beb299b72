import { plusDays, type LocalDate } from '../../../lib/domain/time';
import { bornForAge } from '../../shop/calendar';
import { People } from '../../shop/people';
import type { Person } from '../../shop/person';
import type { Random } from '../../shop/random';
import type { Citizen } from './citizen';

/** One in so many is born on 29 February: more often than in life, because it is the hard day. */
const LEAP_DAY_EVERY = 100;
/** Days between visits by which people differ. */
const RHYTHMS = [300, 1_100] as const;

/** Makes the people of the town. The same seed makes the same ones. */
export class Town {
	private readonly people: People;
	private made = 0;

	constructor(private readonly random: Random, today: LocalDate) {
		this.people = new People(random, today);
	}

	/** Somebody of any age who signs the form on `signedOn`. */
	citizen(signedOn: LocalDate, wanted: Partial<Person> = {}): Citizen {
		const { random } = this;
		const usual = this.people.person({ consentDate: signedOn, ...wanted });
		const person: Person = { ...usual, birthDate: wanted.birthDate ?? this.birthDate(usual.birthDate) };
		if (person.consentEmail === 'unknown' && person.consentSms === 'unknown') person.consentDate = undefined;
		return {
			code: `C${String(++this.made).padStart(5, '0')}`,
			person,
			wearsLenses: random.chance(0.12),
			hadProgressive: false,
			recalls: person.consentDate ? random.weighted([[70, 'yes'], [12, 'no'], [18, 'unknown']] as const) : 'unknown',
			gone: false,
			rhythm: random.integer(...RHYTHMS),
		};
	}

	/** A child of a customer, with the address, phone and mailbox of its parent. */
	child(parent: Citizen, birthDate: LocalDate, signedOn: LocalDate): Citizen {
		const { lastName, street, place, mobile, landline, email } = parent.person;
		const { firstName, sex } = this.people.person({ birthDate });
		const family = { firstName, lastName, sex, birthDate, street, place, mobile, landline, email, title: undefined };
		return { ...this.citizen(signedOn, family), wearsLenses: false, parent };
	}

	email({ firstName, lastName }: Person): string {
		return this.people.email(firstName, lastName);
	}

	/** The fiction of the demo leaves out the days around its own today; here everybody is born on any day. */
	private birthDate(usual: LocalDate): LocalDate {
		if (this.made % LEAP_DAY_EVERY === 0) return bornForAge(`${usual.slice(0, 4)}-02-29`, 0);
		return plusDays(usual, -this.random.integer(0, 364));
	}
}
