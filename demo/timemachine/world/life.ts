import { ageOn, instantAt, plusDays, plusMonths, type LocalDate } from '../../../lib/domain/time';
import { customerOf, type Citizen } from './citizen';
import { IN_A_YEAR, mortality } from './habits';
import { nextOpen } from './openDays';
import type { World } from './world';

/** What a month brings: deaths, births, removals, refusals at the counter, new customers. Each falls on a day of the month. */
export function monthOfLife(world: World, first: LocalDate): void {
	const { random, citizens } = world;
	const monthly = (share: number) => random.chance(share / 12);
	const someDay = () => plusDays(first, random.integer(0, 27));
	const later = (citizen: Citizen, event: (day: LocalDate) => void) => world.on(someDay(), (day) => void (citizen.gone || event(day)));
	for (const citizen of [...citizens]) {
		if (citizen.gone) continue;
		const age = ageOn(citizen.person.birthDate, first);
		if (monthly(mortality(age))) later(citizen, (day) => die(world, citizen, day));
		if (monthly(IN_A_YEAR.movesAway)) later(citizen, () => (citizen.gone = true));
		if (monthly(IN_A_YEAR.newAddress)) later(citizen, (day) => move(world, citizen, day));
		if (monthly(IN_A_YEAR.newEmail)) later(citizen, () => changeEmail(world, citizen));
		if (monthly(IN_A_YEAR.objects)) later(citizen, (day) => refuse(world, citizen, day, 'objected'));
		if (monthly(IN_A_YEAR.withdrawsRecalls)) later(citizen, (day) => refuse(world, citizen, day, 'withdrawn'));
		if (monthly(IN_A_YEAR.asksForErasure)) later(citizen, () => askForErasure(world, citizen));
		if (citizen.person.sex === 'F' && age >= 20 && age <= 42 && monthly(IN_A_YEAR.hasChild)) later(citizen, (day) => giveBirth(world, citizen, day));
	}
	const newcomers = Math.floor((citizens.length * IN_A_YEAR.newCustomers) / 12 + random.next());
	for (let number = 0; number < newcomers; number++) {
		const day = nextOpen(someDay());
		world.on(day, () => world.welcome(world.town.citizen(day), day));
	}
}

/** The family tells the shop some weeks later. */
function die(world: World, citizen: Citizen, day: LocalDate): void {
	const { random, book } = world;
	citizen.gone = true;
	citizen.person = { ...citizen.person, deceased: true };
	world.on(nextOpen(plusDays(day, random.integer(1, 60))), () => book.customers.push({ citizen, customer: customerOf(citizen) }));
}

function move(world: World, citizen: Citizen, day: LocalDate): void {
	const { street, place, landline } = world.town.citizen(day).person;
	citizen.person = { ...citizen.person, street, place, landline };
	world.book.customers.push({ citizen, customer: customerOf(citizen) });
}

function changeEmail(world: World, citizen: Citizen): void {
	citizen.person = { ...citizen.person, email: world.town.email(citizen.person) };
	world.book.customers.push({ citizen, customer: customerOf(citizen) });
}

/** At the counter: no more of anything, or no more reminders. */
function refuse({ book, zone }: World, citizen: Citizen, day: LocalDate, status: 'objected' | 'withdrawn'): void {
	const purpose = status === 'objected' ? 'any' as const : 'recall' as const;
	citizen.recalls = 'no';
	if (status === 'objected') citizen.person = { ...citizen.person, consentEmail: 'no', consentSms: 'no' };
	book.consents.push({ citizen, channel: 'any', purpose, status, legalBasis: 'consent', capturedAt: instantAt(day, '11:00', zone), source: 'desk', operator: 'marco' });
}

function askForErasure({ book }: World, citizen: Citizen): void {
	citizen.gone = true;
	book.erasures.push(citizen);
}

/** The child becomes a customer when it learns to read. */
function giveBirth(world: World, parent: Citizen, birthDate: LocalDate): void {
	const day = nextOpen(plusMonths(birthDate, world.random.integer(40, 84)));
	world.on(day, () => void (parent.gone || world.welcome(world.town.child(parent, birthDate, day), day)));
}
