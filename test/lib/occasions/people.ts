import fc from 'fast-check';
import { localDate, plusDays, plusMonths } from '../../../lib/domain/time';
import { APPOINTMENT_STATUSES, LENS_TYPES, QUOTE_STATUSES } from '../../../lib/domain/records';
import type { CustomerFacts } from '../../../lib/occasions/facts';

/** A made-up customer with all that can make something due on or around a day; appointments with their moment. */
export type Somebody = Omit<CustomerFacts, 'appointments'> & {
	appointments: Array<CustomerFacts['appointments'][number] & { startsAt: string }>;
	deceased: boolean;
};

/** Days before `today`, those from which something is due now more often than others. */
function past(today: string): fc.Arbitrary<string> {
	const near = fc.tuple(fc.constantFrom(0, 0, 1, 2, 5, 6, 12, 12, 15, 18, 24, 24, 30, 30, 42), fc.integer({ min: -3, max: 35 })).map(([months, days]) => plusMonths(plusDays(today, -days), -months));
	const recent = fc.integer({ min: 0, max: 60 }).map((days) => plusDays(today, -days));
	const any = fc.integer({ min: 0, max: 3000 }).map((days) => plusDays(today, -days));
	return fc.oneof(near, near, recent, any).map((day) => (day > today ? today : day));
}

function maybe<Value>(value: fc.Arbitrary<Value>, weight = 2): fc.Arbitrary<Value | undefined> {
	return fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight, arbitrary: value });
}

function without<Value extends object>(value: Value): Value {
	return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Value;
}

export function somebody(today: string, now: string, zone: string): fc.Arbitrary<Somebody> {
	const day = past(today);
	const ahead = fc.integer({ min: 1, max: 40 }).map((days) => plusDays(today, days));
	const exam = fc.record({ kind: fc.constantFrom('vision', 'vision', 'contact-lenses', 'other'), takenOn: day, next: maybe(fc.integer({ min: -20, max: 400 })) })
		.map(({ kind, takenOn, next }) => without({ kind, takenOn, nextDueOn: next === undefined ? undefined : [plusDays(today, next - 10)].find((date) => date > takenOn) }) as CustomerFacts['exams'][number]);
	const equipment = fc.record({
		lensType: fc.constantFrom(...LENS_TYPES, 'progressive' as const, 'progressive' as const, undefined), orderedOn: day, wait: fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 20 })),
		ready: maybe(fc.integer({ min: 0, max: 20 })), returned: maybe(fc.integer({ min: 0, max: 30 }), 1),
		supplyDays: maybe(fc.constantFrom(30, 60, 90, 180)), firstProgressive: maybe(fc.boolean(), 1),
	}).map(({ lensType, orderedOn, wait, ready, returned, supplyDays, firstProgressive }) => {
		const later = (days: number | undefined) => (days === undefined ? undefined : [plusDays(orderedOn, days)].find((date) => date <= today));
		const deliveredOn = later(wait);
		const kind = lensType === undefined ? 'other' : lensType === 'contact-lenses' ? 'contact-lenses' : 'spectacles';
		const returnedOn = returned === undefined || deliveredOn === undefined ? undefined : [plusDays(deliveredOn, returned)].find((date) => date <= today);
		return without({ kind, lensType, orderedOn, deliveredOn, readyOn: later(ready), returnedOn, supplyDays: kind === 'contact-lenses' ? supplyDays : undefined, firstProgressive }) as CustomerFacts['equipment'][number];
	});
	// Sold when it runs out about now.
	const supply = fc.record({ supplyDays: fc.constantFrom(30, 90, 180), days: fc.integer({ min: -15, max: 30 }) }).map(({ supplyDays, days }) => {
		const orderedOn = [plusDays(today, -supplyDays - days)].find((date) => date <= today) ?? today;
		return { kind: 'contact-lenses', lensType: 'contact-lenses', orderedOn, supplyDays } as CustomerFacts['equipment'][number];
	});
	const lately = fc.integer({ min: 0, max: 12 }).map((days) => plusDays(today, -days));
	const appointment = fc.record({ on: fc.oneof(day, ahead, lately, lately), minute: fc.constantFrom(0, 1, 720, 1438, 1439), status: fc.constantFrom(...APPOINTMENT_STATUSES) })
		.map(({ on, minute, status }) => {
			const startsAt = new Date(Date.parse(`${on}T00:00:00Z`) + minute * 60_000).toISOString();
			return { startsAt, startsOn: localDate(startsAt, zone), status: startsAt > now && (status === 'kept' || status === 'missed') ? 'booked' as const : status };
		});
	const quote = fc.record({ madeOn: day, status: fc.constantFrom(...QUOTE_STATUSES, 'open' as const), valid: maybe(fc.integer({ min: 0, max: 30 })) })
		.map(({ madeOn, status, valid }) => without({ madeOn, status, validUntil: valid === undefined ? undefined : plusDays(madeOn, valid) }));
	const answer = fc.record({ kind: fc.constantFrom('progressive', 'recall.vision'), answer: fc.constantFrom('fine', 'wrong', 'other'), answeredOn: day });
	// Often nothing at all: whoever has a bit of everything was in the shop lately.
	const list = <Value>(value: fc.Arbitrary<Value>, maxLength: number) => fc.oneof(fc.constant<Value[]>([]), fc.array(value, { maxLength, size: 'max' }));
	return fc.record({
		birthDate: maybe(fc.integer({ min: 3, max: 95 }).chain((age) => fc.integer({ min: 0, max: 400 }).map((days) => plusDays(plusMonths(today, -12 * age), -days))), 12),
		exams: list(exam, 3), equipment: list(fc.oneof(equipment, equipment, supply), 3), appointments: list(appointment, 2), quotes: list(quote, 2), answers: list(answer, 2),
		// Of each name a person has one.
		ownDates: list(day, 1).map((days) => days.map((on) => ({ name: 'guarantee-end', day: on }))), enteredOn: day,
		deceased: fc.integer({ min: 0, max: 19 }).map((number) => number === 0),
		twist: fc.record({ edge: fc.boolean(), age: fc.constantFrom(18, 60), days: fc.integer({ min: -1, max: 1 }) }),
	}).map(({ twist, ...one }) => (twist.edge ? onTheEdge(one, twist) : one));
}

/** Somebody who turned 18 or 60 about the day of an exam, and who answered about the day of a delivery. */
function onTheEdge(one: Somebody, { age, days }: { age: number; days: number }): Somebody {
	const [exam] = one.exams;
	const delivery = one.equipment.find(({ lensType, deliveredOn }) => lensType === 'progressive' && deliveredOn);
	return {
		...one,
		birthDate: exam ? plusDays(plusMonths(exam.takenOn, -12 * age), days) : one.birthDate,
		answers: delivery ? one.answers.map((answer) => ({ ...answer, answeredOn: delivery.deliveredOn as string })) : one.answers,
	};
}
