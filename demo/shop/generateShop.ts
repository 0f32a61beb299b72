import type { Shop } from '../../lib/domain/shop';
import type { LocalDate } from '../../lib/domain/time';
import { bornForAge, leapDayOf, monthDaysNear } from './calendar';
import { kindsOfDirt, type Dirt } from './dirt';
import { expectedBirthdays, type Expected, type ExpectedProblem, type KnownCustomer } from './expected';
import { People } from './people';
import type { Person } from './person';
import { Random } from './random';
import { HEADINGS, typedIn, type Cells } from './rows';
import { sceneAround } from './scene';
import { demoShop } from './shop';

/** Rows of people who are in the export twice: once more under another code, once more without a code. */
const TWICE_WITH_CODE = 8;
const TWICE_WITHOUT_CODE = 8;
const WITHOUT_CODE = 5;
const DECEASED = 6;
/** Ages of people born on 29 February, beside those of the scene. */
const LEAP_DAY_AGES = [78, 50, 26];
const FEWEST_ROWS = 300;

export interface GeneratedShop {
	shop: Omit<Shop, 'id'>;
	/** The rows of the export below its headings; cells in the order of `HEADINGS`. */
	rows: string[][];
	expected: Expected;
}

interface Entry {
	person: Person;
	cells: Cells;
	/** A second row of somebody who is already counted. */
	again?: 'withCode' | 'withoutCode';
	dirt?: Dirt;
	brokenStreet?: true;
}

/**
 * The customers of the demo's optician, as its shop program exports them, with a known scene around today and the dirt of real data; and
 * what must come out of them. The same seed and day give the same shop.
 * @param count rows of the export, at least 300
 * @param today local date of the shop
 */
export function generateShop({ seed, count = 1200, today }: { seed: number; count?: number; today: LocalDate }): GeneratedShop {
	if (!(count >= FEWEST_ROWS)) throw new RangeError(`The demo shop needs at least ${FEWEST_ROWS} rows, not ${count}.`);
	const random = new Random(seed);
	const people = new People(random, today);
	const scene = sceneAround(today, people);
	const leapDays = monthDaysNear(today).has('02-29') ? [] : LEAP_DAY_AGES.map((age) => bornForAge(leapDayOf(today), age));
	const special = [...leapDays.map((birthDate) => people.person({ birthDate })), ...times(DECEASED, () => people.person({ deceased: true }))];
	const forgotten = times(WITHOUT_CODE, () => people.person());
	const others = times(count - scene.length - special.length - WITHOUT_CODE - TWICE_WITH_CODE - TWICE_WITHOUT_CODE, () => people.person());
	let code = random.integer(1_000, 3_000);
	const nextCode = () => `C${String((code += random.integer(1, 9))).padStart(5, '0')}`;
	for (const person of random.shuffled([...scene.map((entry) => entry.person), ...special, ...others])) person.code = nextCode();

	const typed = (person: Person): Entry => ({ person, cells: typedIn(person, today, random) });
	const usual = others.map(typed);
	const clean = spoilSome(usual, kindsOfDirt(today), random);
	const entries = [
		...usual,
		...[...special, ...forgotten].map(typed),
		...scene.map(({ person, capitals, emailCell }): Entry => {
			const cells = typedIn(person, today, random, capitals);
			return { person, cells: emailCell === undefined ? cells : { ...cells, 'E-mail': emailCell } };
		}),
		...clean.splice(0, TWICE_WITH_CODE).map(({ person }) => onceMore(person, nextCode(), today, random)),
		...clean.splice(0, TWICE_WITHOUT_CODE).map(({ person }) => onceMore(person, undefined, today, random)),
	];
	const ordered = random.shuffled(entries);
	return { shop: demoShop, rows: ordered.map(cellsOf), expected: expectedOf(ordered, today) };
}

function times<T>(count: number, make: () => T): T[] {
	return Array.from({ length: count }, make);
}

/** Spoils rows, each in one way; returns the ones that stayed clean. */
function spoilSome(entries: Entry[], kinds: Dirt[], random: Random): Entry[] {
	const left = random.shuffled(entries);
	for (const dirt of kinds) {
		for (const [index, entry] of left.splice(0, dirt.rows).entries()) {
			Object.assign(entry, { dirt, ...dirt.spoil(entry.cells, index) });
			if (dirt.loses === 'email') entry.person.email = undefined;
			if (dirt.loses === 'consentEmail') entry.person.consentEmail = 'unknown';
		}
	}
	return left;
}

/** The same person typed in again: nobody looked whether she was there, nor asked her for consent. */
function onceMore(original: Person, code: string | undefined, today: LocalDate, random: Random): Entry {
	const person: Person = { ...original, code, email: undefined, title: undefined, consentEmail: 'unknown', consentSms: 'unknown', consentDate: undefined };
	return { person, cells: typedIn(person, today, random), again: code ? 'withCode' : 'withoutCode' };
}

function cellsOf({ cells, brokenStreet }: Entry): string[] {
	const row = HEADINGS.map((heading) => cells[heading]);
	// As if somebody had typed the separator into the address and the program did not quote it.
	return brokenStreet ? row.flatMap((cell, index) => (HEADINGS[index] === 'Indirizzo' ? [cell, 'interno 3'] : [cell])) : row;
}

function expectedOf(entries: readonly Entry[], today: LocalDate): Expected {
	const rejected: ExpectedProblem[] = [];
	const leftOut: ExpectedProblem[] = [];
	const customers: KnownCustomer[] = [];
	entries.forEach(({ person, again, dirt }, index) => {
		const row = index + 1;
		if (dirt?.rejected) {
			rejected.push({ row, ...dirt.rejected });
			return;
		}
		if (!person.code) leftOut.push({ row, field: 'code', reason: 'CODE_MISSING' });
		if (dirt?.leftOut) leftOut.push({ row, ...dirt.leftOut });
		if (again !== 'withoutCode') customers.push({ row, person, birthDateKnown: dirt?.loses !== 'birthDate' });
	});
	const answered = (answer: Person['consentEmail']) => customers.filter(({ person }) => person.consentEmail === answer).length;
	return {
		rows: entries.length,
		rejected,
		leftOut,
		customers: customers.length,
		consentEmail: { granted: answered('yes'), denied: answered('no'), unknown: answered('unknown') },
		withEmail: customers.filter(({ person }) => person.email).length,
		birthdays: expectedBirthdays(customers, today),
	};
}
