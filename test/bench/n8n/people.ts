import { Random } from '../../../demo/shop/random';
import { plusDays, type LocalDate } from '../../../lib/domain/time';

/** A customer as both shops know one: ours, and the one that is built by hand. */
export interface Person {
	number: number;
	firstName: string;
	lastName: string;
	sex: 'F' | 'M';
	birthDate: LocalDate;
	email?: string;
	/** What was said of e-mails that are marketing, the last word at the end. */
	consents: Array<{ status: 'granted' | 'withdrawn'; on: LocalDate }>;
	/** Days on which a newsletter was sent, newest first. */
	sentOn: LocalDate[];
	deceased: boolean;
}

type Sort = 'plain' | 'refused' | 'unasked' | 'young' | 'unreachable' | 'written to this week' | 'written to twice' | 'written to once' | 'dead';

/** Of sixteen customers; in an order in which also the first few who are due are not all alike. */
const SORTS: readonly Sort[] = [
	'plain', 'refused', 'written to this week', 'plain', 'unasked', 'plain', 'written to once', 'young', 'plain', 'unreachable', 'plain', 'written to twice', 'plain', 'refused', 'dead', 'plain',
];
const YEAR = 365;
const FIRST_NAMES = ['Giulia', 'Marco', 'Niccolò', 'Maria Teresa', 'José', 'Anna', 'Luca', 'Chiara'];
const LAST_NAMES = ['Conti', "D'Amico", 'De Santis', 'Forlì', 'Müller', 'Russo Bianchi', 'Ferrari', 'Galli'];

/** So many customers, the same for the same size and day: as in life one in 365 has a birthday on any day, and they stand scattered over the whole table. */
export function peopleOf(size: number, today: LocalDate): Person[] {
	const random = new Random(size);
	return Array.from({ length: size }, (_, number) => personOf(number, today, random));
}

function personOf(number: number, today: LocalDate, random: Random): Person {
	const sort = SORTS[Math.floor(number / YEAR) % SORTS.length];
	const ago = (days: number) => plusDays(today, -days);
	const granted = { status: 'granted', on: '2023-02-03' } as const;
	return {
		number,
		firstName: random.pick(FIRST_NAMES),
		lastName: random.pick(LAST_NAMES),
		sex: random.pick(['F', 'M'] as const),
		birthDate: `${sort === 'young' ? Number(today.slice(0, 4)) - random.integer(5, 15) : random.integer(1935, 2004)}${ago(number % YEAR).slice(4)}`.replace('-02-29', '-02-28'),
		...(sort !== 'unreachable' && { email: `cliente.${number}@posta.example` }),
		consents: sort === 'unasked' ? [] : sort === 'refused' ? [granted, { status: 'withdrawn', on: '2025-05-06' }] : [granted],
		sentOn: sort === 'written to this week' ? [ago(3)] : sort === 'written to twice' ? [ago(10), ago(20)] : sort === 'written to once' ? [ago(12)] : [],
		deceased: sort === 'dead',
	};
}
