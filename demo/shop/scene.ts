import { plusDays, type LocalDate } from '../../lib/domain/time';
import { bornForAge, leapDayOf } from './calendar';
import scene from './data/scene.json';
import type { People } from './people';
import type { Person } from './person';

/** What decides about a birthday greeting by e-mail. */
export type Situation = 'allowed' | 'deceased' | 'minor' | 'denied' | 'noConsent' | 'noEmail';

/** Somebody whose birthday is near today, or on 29 February, and how staff typed her. */
export interface SceneEntry {
	person: Person;
	capitals: boolean;
	emailCell?: string;
}

interface Described {
	firstName: string;
	lastName: string;
	sex: string;
	age: number;
	leapDay?: boolean;
	daysFromToday?: number;
	title?: string;
	capitals?: boolean;
	emailCell?: string;
	situation?: string;
}

/** The people around today: all that the demo shows on its first day. Nobody else has a birthday in these weeks. */
export function sceneAround(today: LocalDate, people: People): SceneEntry[] {
	return [...scene.allowedToday, ...scene.others].map((described: Described) => {
		const { firstName, lastName, title, capitals = false, emailCell } = described;
		const situation = (described.situation ?? 'allowed') as Situation;
		const person = people.person({
			firstName,
			lastName,
			sex: described.sex as 'F' | 'M',
			title,
			birthDate: bornForAge(described.leapDay ? leapDayOf(today) : plusDays(today, described.daysFromToday ?? 0), described.age),
			email: situation === 'noEmail' ? undefined : people.email(firstName, lastName),
			consentEmail: situation === 'denied' ? 'no' : situation === 'noConsent' ? 'unknown' : 'yes',
			deceased: situation === 'deceased',
		});
		return { person, capitals, emailCell };
	});
}
