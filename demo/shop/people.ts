import { fold } from '../../lib/domain/text';
import { plusDays, type LocalDate } from '../../lib/domain/time';
import { ageInYears, bornForAge, monthDaysNear } from './calendar';
import contacts from './data/contacts.json';
import firstNames from './data/firstNames.json';
import foreignNames from './data/foreignNames.json';
import lastNames from './data/lastNames.json';
import places from './data/places.json';
import { demoShop } from './shop';
import type { Answer, Person } from './person';
import type { Random } from './random';

/** Customers of an optician by age: many presbyopes, few children. [weight, from, to] in years. */
const AGES = [[7, 3, 17], [10, 18, 29], [17, 30, 44], [28, 45, 59], [26, 60, 74], [12, 75, 97]] as const;
/** Years that consents go back, never before the shop's privacy notice. */
const CONSENT_YEARS = 6;

/** Makes people, no two with the same name and birth date, none of them with a birthday near today. */
export class People {
	private readonly near: Set<string>;
	private readonly known = new Set<string>();
	private readonly emails = new Set<string>();

	constructor(private readonly random: Random, private readonly today: LocalDate) {
		this.near = monthDaysNear(today);
	}

	/** Somebody, with what must hold of her. */
	person(wanted: Partial<Person> = {}): Person {
		const { random } = this;
		const birthDate = wanted.birthDate ?? this.birthDate();
		const sex = wanted.sex ?? random.pick(['F', 'F', 'F', 'M', 'M'] as const);
		const { firstName, lastName } = wanted.firstName && wanted.lastName ? (wanted as Person) : this.name(sex, birthDate);
		this.known.add(keyOf(firstName, lastName, birthDate));
		const place = random.weighted(places.towns.map((town) => [town.weight, town] as const));
		const adult = ageInYears(birthDate, this.today) >= 18;
		const consentEmail = random.weighted<Answer>([[58, 'yes'], [14, 'no'], [28, 'unknown']]);
		const consentSms = random.weighted<Answer>([[38, 'yes'], [22, 'no'], [40, 'unknown']]);
		const asked = [wanted.consentEmail ?? consentEmail, consentSms].some((answer) => answer !== 'unknown');
		return {
			firstName,
			lastName,
			sex,
			title: adult && random.chance(0.05) ? random.pick(contacts.titles[sex]) : undefined,
			birthDate,
			street: `${random.pick(places.streets)} ${random.integer(1, 140)}${random.chance(0.1) ? `/${random.integer(1, 9)}` : ''}`,
			place,
			mobile: random.chance(0.86) ? random.pick(contacts.mobilePrefixes) + random.digits(7) : undefined,
			// No subscriber's number begins with 0.
			landline: random.chance(0.34) ? `${place.areaCode}0${random.digits(9 - place.areaCode.length)}` : undefined,
			email: random.chance(0.64) ? this.email(firstName, lastName) : undefined,
			consentEmail,
			consentSms,
			consentDate: asked && (wanted.consentEmail === 'yes' || random.chance(0.95)) ? this.consentDate() : undefined,
			deceased: false,
			spent: random.integer(4_000, 320_000),
			lastPurchase: plusDays(this.today, -random.integer(20, 1_900)),
			...wanted,
		};
	}

	/** An address made of the name, not given before. */
	email(firstName: string, lastName: string): string {
		const letters = (text: string) => fold(text).replaceAll(' ', '');
		const name = this.random.pick([`${letters(firstName)}.${letters(lastName)}`, `${letters(firstName)[0]}.${letters(lastName)}`, `${letters(lastName)}${letters(firstName)[0]}`]);
		const domain = this.random.pick(contacts.emailDomains);
		let address = `${name}@${domain}`;
		while (this.emails.has(address)) address = `${name}${this.random.integer(1, 999)}@${domain}`;
		this.emails.add(address);
		return address;
	}

	private name(sex: 'F' | 'M', birthDate: LocalDate): Pick<Person, 'firstName' | 'lastName'> {
		const { random } = this;
		const foreign = random.chance(0.07);
		const age = Number(this.today.slice(0, 4)) - Number(birthDate.slice(0, 4));
		const generation = firstNames[sex][age > 62 ? 'old' : age > 38 ? 'middle' : 'young'];
		for (;;) {
			const firstName = random.pick(foreign ? foreignNames[sex] : random.chance(0.85) ? generation : firstNames[sex].middle);
			const lastName = random.pick(foreign ? lastNames.foreign : lastNames.italian);
			if (!this.known.has(keyOf(firstName, lastName, birthDate))) return { firstName, lastName };
		}
	}

	private birthDate(): LocalDate {
		const { random } = this;
		const [, from, to] = random.weighted(AGES.map((ages) => [ages[0], ages] as const));
		for (;;) {
			const birthday = plusDays('2025-01-01', random.integer(0, 364)).slice(5);
			if (this.near.has(birthday)) continue;
			const thisYear = `${this.today.slice(0, 4)}-${birthday}`;
			const lastBirthday = thisYear <= this.today ? thisYear : `${Number(this.today.slice(0, 4)) - 1}-${birthday}`;
			return bornForAge(lastBirthday, random.integer(from, to));
		}
	}

	private consentDate(): LocalDate {
		const published = demoShop.privacyNotices[0].publishedOn;
		const date = plusDays(this.today, -this.random.integer(30, CONSENT_YEARS * 365));
		return date < published && published < this.today ? published : date;
	}
}

function keyOf(firstName: string, lastName: string, birthDate: LocalDate): string {
	return `${fold(`${firstName} ${lastName}`)} ${birthDate}`;
}
