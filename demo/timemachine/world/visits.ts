import type { LensType } from '../../../lib/domain/records';
import { ageOn, instantAt, plusDays, type LocalDate } from '../../../lib/domain/time';
import { AT_A_VISIT, LATER } from './habits';
import type { Citizen } from './citizen';
import { nextOpen } from './openDays';
import type { World } from './world';

const APPOINTMENT_TIMES = ['09:30', '10:15', '11:00', '15:30', '16:15', '17:45', '18:30'];

/** Somebody comes into the shop: an exam, an order, a quote, or only a word. */
export function visit(world: World, citizen: Citizen, day: LocalDate): void {
	const { random, book } = world;
	if (citizen.gone) return;
	citizen.comesOn = undefined;
	if (random.chance(AT_A_VISIT.exam)) {
		const nextDueOn = random.chance(AT_A_VISIT.dayOfNextExamByHand) ? plusDays(day, random.integer(90, 400)) : undefined;
		book.exams.push({ customerCode: citizen.code, code: world.code('V'), kind: citizen.wearsLenses ? 'contact-lenses' : 'vision', takenOn: day, nextDueOn });
	}
	if (citizen.waiting) citizen.waiting.collect(day);
	else if (random.chance(AT_A_VISIT.buys)) buy(world, citizen, day);
	else if (random.chance(AT_A_VISIT.quote)) askForQuote(world, citizen, day);
	signForm(world, citizen, day);
	comeAgain(world, citizen, day);
}

/** Plans the next visit that nobody asks for. */
function comeAgain(world: World, citizen: Citizen, day: LocalDate): void {
	const comesOn = nextOpen(plusDays(day, Math.round(citizen.rhythm * (0.6 + world.random.next() * 0.8))));
	citizen.comesOn = comesOn;
	world.on(comesOn, () => {
		if (citizen.comesOn === comesOn) visit(world, citizen, comesOn);
	});
}

function buy(world: World, citizen: Citizen, day: LocalDate): void {
	const { random } = world;
	if (citizen.wearsLenses) return buyLenses(world, citizen, day);
	const presbyope = ageOn(citizen.person.birthDate, day) >= 45;
	order(world, citizen, day, random.weighted<LensType>(presbyope ? [[50, 'progressive'], [22, 'reading'], [10, 'office'], [18, 'sun']] : [[80, 'single-vision'], [20, 'sun']]));
}

function buyLenses(world: World, citizen: Citizen, day: LocalDate): void {
	const { random, book } = world;
	const supplyDays = random.pick([30, 90, 90, 180]);
	book.equipment.push({ customerCode: citizen.code, code: world.code('L'), lensType: 'contact-lenses', orderedOn: day, deliveredOn: day, supplyDays, amountCents: supplyDays * 110 });
	if (!random.chance(LATER.reordersAlone)) return;
	const again = nextOpen(plusDays(day, supplyDays - random.integer(0, 12)));
	world.on(again, () => void (citizen.gone || buyLenses(world, citizen, again)));
}

/** An order: ready after some days, collected later, and some progressive lenses come back and are made anew. */
function order(world: World, citizen: Citizen, day: LocalDate, lensType: LensType): void {
	const { random, book } = world;
	const code = world.code('O');
	book.equipment.push({
		customerCode: citizen.code, code, lensType, orderedOn: day, amountCents: random.integer(9_000, 90_000),
		firstProgressive: lensType === 'progressive' ? !citizen.hadProgressive : undefined,
	});
	if (lensType === 'progressive') citizen.hadProgressive = true;
	const collect = (on: LocalDate) => {
		if (citizen.waiting?.code !== code || citizen.gone) return;
		citizen.waiting = undefined;
		book.equipment.push({ code, deliveredOn: on });
		if (lensType === 'progressive' && random.chance(LATER.progressiveComesBack)) bringBack(world, citizen, code, on);
	};
	const ready = nextOpen(plusDays(day, random.integer(4, 14)));
	world.on(ready, () => {
		if (citizen.gone) return;
		book.equipment.push({ code, readyOn: ready });
		citizen.waiting = { code, collect };
		const later = nextOpen(plusDays(ready, random.chance(LATER.collectsAtOnce) ? random.integer(0, 3) : random.integer(6, 60)));
		world.on(later, () => collect(later));
	});
}

function bringBack(world: World, citizen: Citizen, code: string, deliveredOn: LocalDate): void {
	const day = nextOpen(plusDays(deliveredOn, world.random.integer(8, 30)));
	world.on(day, () => {
		if (citizen.gone) return;
		world.book.equipment.push({ code, returnedOn: day });
		if (world.random.chance(0.8)) order(world, citizen, day, 'progressive');
	});
}

function askForQuote(world: World, citizen: Citizen, day: LocalDate): void {
	const { random, book } = world;
	const code = world.code('Q');
	const validUntil = plusDays(day, 60);
	book.quotes.push({ customerCode: citizen.code, code, madeOn: day, validUntil, status: 'open', amountCents: random.integer(15_000, 120_000) });
	const accept = (on: LocalDate) => {
		if (citizen.quote?.code !== code || citizen.gone) return;
		citizen.quote = undefined;
		book.quotes.push({ code, status: 'accepted' });
		buy(world, citizen, on);
	};
	citizen.quote = { code, accept };
	if (random.chance(LATER.quoteAccepted)) {
		const later = nextOpen(plusDays(day, random.integer(2, 40)));
		world.on(later, () => accept(later));
	}
	world.on(plusDays(validUntil, 1), () => {
		if (citizen.quote?.code === code && !citizen.gone) book.quotes.push({ code, status: 'expired' });
	});
}

/** Books an appointment, which is kept, missed or cancelled. */
export function bookAppointment(world: World, citizen: Citizen, day: LocalDate): void {
	const { random, book, zone } = world;
	const on = nextOpen(plusDays(day, random.integer(2, 18)));
	const code = world.code('A');
	book.appointments.push({ customerCode: citizen.code, code, kind: 'controllo', startsAt: instantAt(on, random.pick(APPOINTMENT_TIMES), zone), status: 'booked' });
	const ends = random.next();
	const cancelled = ends < LATER.appointmentCancelled;
	const kept = ends >= 1 - LATER.appointmentKept;
	world.on(cancelled ? plusDays(on, -1) : on, (today) => {
		if (citizen.gone) return;
		book.appointments.push({ code, status: cancelled ? 'cancelled' : kept ? 'kept' : 'missed' });
		if (kept && !cancelled) visit(world, citizen, today);
	});
}

/** At the counter, some who were never asked sign the form, and some who had refused agree again. */
function signForm({ random, book, zone }: World, citizen: Citizen, day: LocalDate): void {
	const { person } = citizen;
	const asked = person.consentEmail === 'unknown' && random.chance(AT_A_VISIT.asksForForm);
	if (!asked && !(person.consentEmail === 'no' && random.chance(AT_A_VISIT.agreesAgain))) return;
	person.consentEmail = random.chance(0.7) ? 'yes' : 'no';
	const status = person.consentEmail === 'yes' ? 'granted' as const : 'denied' as const;
	const capturedAt = instantAt(day, '17:00', zone);
	for (const [channel, purpose] of [['email', 'marketing'], ['email', 'recall'], ['sms', 'recall']] as const) {
		book.consents.push({ citizen, channel, purpose, status, legalBasis: 'consent', capturedAt, source: 'desk', operator: 'chiara', evidence: 'form', noticeVersion: '2018-05' });
	}
}
