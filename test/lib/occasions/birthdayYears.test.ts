import fc from 'fast-check';
import { localDate, plusDays } from '../../../lib/domain/time';
import type { BirthdayDays } from '../../../lib/occasions/birthdaySettings';
import { dayNumber, isLeap, obviousGreetings } from './obvious';
import { pollDays, simulate, type Greeting, type Ledger, type Person } from './simulation';

const DAY = 86_400_000;
const ZONES = Intl.supportedValuesOf('timeZone');

const settings = fc.record({
	belatedDays: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 60 })),
	earlyDays: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 60 })),
	leapDay: fc.constantFrom('02-28', '03-01'),
}) as fc.Arbitrary<BirthdayDays>;

const fractions = fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 });

/** Birth dates of people who may live in `year`, the hard days among them more often than in life. */
function people(year: number): fc.Arbitrary<Person[]> {
	const ages = fc.integer({ min: -2, max: 122 }).map((age) => year - age);
	const anyDay = fc.tuple(ages, fc.integer({ min: 0, max: 364 })).map(([born, day]) => plusDays(`${born}-01-01`, day));
	const hardDay = fc
		.tuple(ages, fc.constantFrom('02-28', '02-29', '03-01', '12-31', '01-01', '03-29', '10-25', '12-30'))
		.filter(([born, monthDay]) => monthDay !== '02-29' || isLeap(born))
		.map(([born, monthDay]) => `${born}-${monthDay}`);
	return fc
		.array(fc.oneof(anyDay, hardDay), { minLength: 1, maxLength: 12 })
		.map((birthDates) => birthDates.map((birthDate, id) => ({ id, birthDate })));
}

function sorted(greetings: Greeting[]): string[] {
	return greetings.map(({ id, dueOn, on }) => `${id} ${dueOn} ${on}`).sort();
}

/** Each person has one greeting in every whole year of the polls in which they turn 1 to 120: no year without, none with two. */
function expectOnceEachYear(everyone: Person[], polls: string[], greetings: Greeting[], but: (dueOn: string) => boolean = () => false): void {
	const count = new Map<string, number>();
	for (const { id, dueOn } of greetings) count.set(`${id} ${dueOn.slice(0, 4)}`, (count.get(`${id} ${dueOn.slice(0, 4)}`) ?? 0) + 1);
	expect([...count.values()].filter((times) => times !== 1)).toEqual([]);
	const [first, last] = [Number(polls[0].slice(0, 4)), Number(polls[polls.length - 1].slice(0, 4))];
	const missed = everyone.flatMap(({ id, birthDate }) => {
		const born = Number(birthDate.slice(0, 4));
		const years = Array.from({ length: Math.max(0, last - first - 1) }, (_, index) => first + 1 + index);
		return years
			.filter((year) => year - born >= 1 && year - born <= 120 && !count.has(`${id} ${year}`) && !but(`${year}${birthDate.slice(4)}`))
			.map((year) => `${birthDate} in ${year}`);
	});
	expect(missed).toEqual([]);
}

/** Whether the calendar of the zone holds that day: some hour of it must exist. */
function exists(day: string, zone: string): boolean {
	const hours = Array.from({ length: 72 }, (_, hour) => Date.parse(`${day}T00:00:00Z`) + (hour - 24) * 3_600_000);
	return hours.some((moment) => localDate(new Date(moment).toISOString(), zone) === day);
}

/** Every birth day of the calendar, born in the leap year `born`. */
function everyBirthDay(born: number): Person[] {
	return Array.from({ length: 366 }, (_, id) => ({ id, birthDate: plusDays(`${born}-01-01`, id) }));
}

describe('birthdays over the years', () => {
	const plans: Array<[number, number, number, BirthdayDays]> = [
		[1950, 2050, 1948, { belatedDays: 6, earlyDays: 0, leapDay: '02-28' }],
		[1950, 2050, 1948, { belatedDays: 2, earlyDays: 10, leapDay: '03-01' }],
		[1896, 1904, 1880, { belatedDays: 5, earlyDays: 5, leapDay: '02-28' }],
		[1996, 2004, 1980, { belatedDays: 1, earlyDays: 0, leapDay: '03-01' }],
		[2096, 2104, 2080, { belatedDays: 0, earlyDays: 0, leapDay: '02-28' }],
		[2096, 2104, 2080, { belatedDays: 0, earlyDays: 0, leapDay: '03-01' }],
	];
	it.each(plans)('from %i to %i greets every birth day of the calendar (born %i) once each year with %p', (from, to, born, plan) => {
		const width = plan.belatedDays + plan.earlyDays + 1;
		const polls = pollDays('Europe/Rome', Date.UTC(from - 1, 11, 1), Date.UTC(to + 1, 1, 1), width, [1, 0.97, 0.4, 1]);
		const everyone = everyBirthDay(born);
		const greetings = simulate(everyone, polls, plan);
		expectOnceEachYear(everyone, polls, greetings);
		expect(sorted(greetings)).toEqual(sorted(obviousGreetings(everyone, polls, plan)));
	}, 60_000);

	it('greets once each year in any zone, at any hour, through any downtime that fits the window', () => {
		const run = fc.integer({ min: 1950, max: 2047 }).chain((year) => fc.record({
			year: fc.constant(year), everyone: people(year), plan: settings, zone: fc.constantFrom(...ZONES), fractions,
			minute: fc.integer({ min: 0, max: 1439 }),
		}));
		fc.assert(fc.property(run, ({ year, everyone, plan, zone, fractions, minute }) => {
			const width = plan.belatedDays + plan.earlyDays + 1;
			const start = Date.UTC(year, 0, 1) - (plan.earlyDays + 2) * DAY + minute * 60_000;
			const polls = pollDays(zone, start, Date.UTC(year + 2, 0, 1) + 62 * DAY, width, fractions);
			const greetings = simulate(everyone, polls, plan);
			expect(sorted(greetings)).toEqual(sorted(obviousGreetings(everyone, polls, plan)));
			// Crossing the date line, a zone may leave out a day; with no window at all, that day has no birthday.
			expectOnceEachYear(everyone, polls, greetings, (dueOn) => width === 1 && !exists(dueOn, zone));
		}), { numRuns: 60 });
	}, 120_000);

	it('agrees with the obvious count when the downtime is longer than the window', () => {
		const run = fc.record({ everyone: people(2026), plan: settings, steps: fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 1, maxLength: 20 }) });
		fc.assert(fc.property(run, ({ everyone, plan, steps }) => {
			const polls = steps.reduce((days, step) => [...days, plusDays(days[days.length - 1], step)], ['2025-11-20']);
			expect(sorted(simulate(everyone, polls, plan))).toEqual(sorted(obviousGreetings(everyone, polls, plan)));
		}), { numRuns: 100 });
	});

	it('greets in every zone on the very day, through both changes of the clock and the end of the year', () => {
		const everyone = ['03-28', '03-29', '03-30', '10-24', '10-25', '10-26', '12-31', '01-01'].map((day, id) => ({ id, birthDate: `1980-${day}` }));
		const plan: BirthdayDays = { belatedDays: 0, earlyDays: 0, leapDay: '02-28' };
		for (const zone of ZONES) {
			const spans = [[2026, 2, 26], [2026, 9, 22], [2026, 11, 28]].map(([year, month, day]) => Date.UTC(year, month, day));
			const polls = spans.flatMap((start) => pollDays(zone, start, start + 7 * DAY, 1, [0.9]));
			const dueOns = simulate(everyone, polls, plan).map(({ dueOn, on }) => `${dueOn} ${on}`);
			expect([zone, dueOns]).toEqual([zone, [
				'2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26', '2026-12-31', '2027-01-01',
			].map((day) => `${day} ${day}`)]);
		}
	}, 60_000);

	it('greets the day that Samoa left out when the window has another day', () => {
		const everyone = [{ id: 1, birthDate: '1980-12-30' }];
		const polls = pollDays('Pacific/Apia', Date.UTC(2011, 11, 28), Date.UTC(2012, 0, 3), 1, [0.5]);
		expect(polls).not.toContain('2011-12-30');
		expect(simulate(everyone, polls, { belatedDays: 1, earlyDays: 0, leapDay: '02-28' })).toEqual([{ id: 1, dueOn: '2011-12-30', on: '2011-12-31' }]);
		expect(simulate(everyone, polls, { belatedDays: 0, earlyDays: 0, leapDay: '02-28' })).toEqual([]);
	});
});

describe('a changed mind about a birthday', () => {
	it('does not greet twice within 180 days when the leap day or the birth date is corrected', () => {
		const run = fc.record({ plan: settings, later: settings, change: fc.integer({ min: 0, max: 400 }), moved: fc.integer({ min: -400, max: 400 }) });
		fc.assert(fc.property(run, ({ plan, later, change, moved }) => {
			const before: Person = { id: 1, birthDate: '1984-02-29' };
			const after: Person = { id: 1, birthDate: plusDays(before.birthDate, moved) };
			const days = (from: string, { belatedDays, earlyDays }: BirthdayDays, count: number) =>
				Array.from({ length: count / (belatedDays + earlyDays + 1) }, (_, index) => plusDays(from, index * (belatedDays + earlyDays + 1)));
			const ledger: Ledger = new Map();
			simulate([before], days('2025-02-01', plan, change), plan, ledger);
			simulate([after], days(plusDays('2025-02-01', change), later, 1100 - change), later, ledger);
			const dueOns = [...(ledger.get(1) ?? [])].map(dayNumber).sort((a, b) => a - b);
			expect(dueOns.filter((day, index) => index > 0 && day - dueOns[index - 1] <= 180)).toEqual([]);
			expect(dueOns.length).toBeGreaterThanOrEqual(2);
		}), { numRuns: 60 });
	}, 60_000);

	it('greets once when the shop moves from 28 February to 1 March in between', () => {
		const ledger: Ledger = new Map();
		const leaper = [{ id: 1, birthDate: '2000-02-29' }];
		simulate(leaper, ['2026-02-28'], { belatedDays: 3, earlyDays: 0, leapDay: '02-28' }, ledger);
		simulate(leaper, ['2026-03-01', '2026-03-02'], { belatedDays: 3, earlyDays: 0, leapDay: '03-01' }, ledger);
		expect([...ledger.get(1)!]).toEqual(['2026-02-28']);
	});
});
