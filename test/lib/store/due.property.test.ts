import fc from 'fast-check';
import { localDate, plusDays } from '../../../lib/domain/time';
import type { CustomerFacts, Due } from '../../../lib/occasions/facts';
import { dormantCustomers, dormantDue, DORMANT_DEFAULTS } from '../../../lib/occasions/dormant';
import type { DueKind } from '../../../lib/occasions/dueKind';
import { eyewearCheck, eyewearDue, EYEWEAR_DEFAULTS } from '../../../lib/occasions/eyewear';
import { lensesDue, lensesRunOut, LENSES_DEFAULTS } from '../../../lib/occasions/lenses';
import { missedAppointmentDue, missedAppointments, MISSED_APPOINTMENT_DEFAULTS } from '../../../lib/occasions/missedAppointment';
import { ownDate, ownDateDue, ownDateSettings, type DateSource } from '../../../lib/occasions/ownDate';
import { openQuoteDue, openQuotes, OPEN_QUOTE_DEFAULTS } from '../../../lib/occasions/openQuote';
import { orderReadyDue, ordersReady, ORDER_READY_DEFAULTS } from '../../../lib/occasions/orderReady';
import { progressiveDue, progressiveFollowUp, PROGRESSIVE_DEFAULTS } from '../../../lib/occasions/progressive';
import { survey, surveyDue, SURVEY_DEFAULTS } from '../../../lib/occasions/survey';
import { visionCheck, visionDue, VISION_DEFAULTS } from '../../../lib/occasions/vision';
import { welcome, welcomeDue, WELCOME_DEFAULTS } from '../../../lib/occasions/welcome';
import { recordAnswers, type Answer } from '../../../lib/store/answers';
import { previewDue } from '../../../lib/store/occasions/claim';
import type { Store } from '../../../lib/store/open';
import { saveOwnDates } from '../../../lib/store/customers/ownDates';
import { saveAppointments } from '../../../lib/store/records/appointments';
import { saveEquipment } from '../../../lib/store/records/equipment';
import { saveExams } from '../../../lib/store/records/exams';
import { saveQuotes } from '../../../lib/store/records/quotes';
import { saveShop } from '../../../lib/store/shops';
import { planOf } from '../../support/due';
import { customer, ON_POSTGRES, openTestStore, saved, type TestStore } from '../../support/store';
import { obvious, type ObviousDue } from '../occasions/obviousDue';
import { somebody, type Somebody } from '../occasions/people';

interface Case {
	kind: (zone: string) => DueKind;
	/** By the product's pure rule. */
	rule: (facts: CustomerFacts, today: string) => Array<Due & { stage?: number }>;
	obvious: (facts: CustomerFacts, today: string) => ObviousDue[];
	/** Stages that are left out while an appointment is booked. */
	unlessBooked: readonly number[];
	/** How late each stage may be, by stage. */
	late: (stage: number) => number;
}

const late = (days: number) => () => days;
/** Five days after a date of the consultant's, wherever it stands. */
const afterDate = (source: DateSource): Case => {
	const settings = ownDateSettings({ name: 'guarantee-end', source, days: 5, class: 'service', windowDays: 14 });
	return { kind: (zone) => ownDate(settings, zone), rule: (facts) => ownDateDue(facts, settings), obvious: (facts) => obvious.ownDate(facts, source), unlessBooked: [], late: late(14) };
};
const CASES: Record<string, Case> = {
	vision: { kind: () => visionCheck(VISION_DEFAULTS), rule: (facts, today) => visionDue(facts, VISION_DEFAULTS, today), obvious: obvious.vision, unlessBooked: [1], late: late(30) },
	eyewear: { kind: () => eyewearCheck(EYEWEAR_DEFAULTS), rule: (facts) => eyewearDue(facts, EYEWEAR_DEFAULTS), obvious: obvious.eyewear, unlessBooked: [1], late: late(30) },
	lenses: { kind: () => lensesRunOut(LENSES_DEFAULTS), rule: (facts) => lensesDue(facts, LENSES_DEFAULTS), obvious: obvious.lenses, unlessBooked: [], late: late(21) },
	dormant: { kind: () => dormantCustomers(DORMANT_DEFAULTS), rule: (facts) => dormantDue(facts, DORMANT_DEFAULTS), obvious: obvious.dormant, unlessBooked: [1], late: late(14) },
	'order ready': { kind: () => ordersReady(ORDER_READY_DEFAULTS), rule: (facts) => orderReadyDue(facts, ORDER_READY_DEFAULTS), obvious: obvious.orderReady, unlessBooked: [], late: late(14) },
	'missed appointment': {
		kind: (zone) => missedAppointments(MISSED_APPOINTMENT_DEFAULTS, zone), rule: (facts) => missedAppointmentDue(facts, MISSED_APPOINTMENT_DEFAULTS),
		obvious: obvious.missedAppointment, unlessBooked: [1], late: late(7),
	},
	'open quote': { kind: () => openQuotes(OPEN_QUOTE_DEFAULTS), rule: (facts, today) => openQuoteDue(facts, OPEN_QUOTE_DEFAULTS, today), obvious: obvious.openQuote, unlessBooked: [1], late: late(14) },
	survey: { kind: () => survey(SURVEY_DEFAULTS), rule: (facts) => surveyDue(facts, SURVEY_DEFAULTS), obvious: obvious.survey, unlessBooked: [], late: late(14) },
	progressive: {
		kind: () => progressiveFollowUp(PROGRESSIVE_DEFAULTS), rule: (facts) => progressiveDue(facts, PROGRESSIVE_DEFAULTS), obvious: obvious.progressive,
		unlessBooked: [2, 3], late: (stage) => (stage === 3 ? 30 : 10),
	},
	// Nobody of these came with an import: on no day were there so many.
	welcome: { kind: () => welcome(WELCOME_DEFAULTS), rule: (facts) => welcomeDue(facts, WELCOME_DEFAULTS, 1), obvious: obvious.welcome, unlessBooked: [], late: late(14) },
	'own date': afterDate('ownDate'), 'after an exam': afterDate('exam'), 'after a delivery': afterDate('delivery'), 'after an entry': afterDate('entered'),
};
/** Of each case; a server takes four times as long. */
const RUNS = ON_POSTGRES ? 25 : 60;
const ZONES = Intl.supportedValuesOf('timeZone');
const HARD_DAYS = ['2027-02-28', '2028-02-29', '2028-03-01', '2026-08-31', '2026-11-30', '2100-02-28', '2000-02-29', '1990-12-31', '2027-01-01'];

const shop = fc.record({
	on: fc.oneof(fc.constantFrom(...HARD_DAYS), fc.integer({ min: 0, max: 73_413 }).map((days) => plusDays('1900-01-01', days))),
	zone: fc.oneof(fc.constant('Europe/Rome'), fc.constantFrom(...ZONES)),
	hour: fc.constantFrom('00:00', '10:30', '23:59'),
}).map(({ on, zone, hour }) => ({ now: `${on}T${hour}:00.000Z`, today: localDate(`${on}T${hour}:00.000Z`, zone), zone }))
	.chain((place) => fc.array(somebody(place.today, place.now, place.zone), { minLength: 40, maxLength: 80, size: 'max' }).map((people) => ({ ...place, people })));

let test: TestStore;
beforeEach(async () => void (test = await openTestStore()));
afterEach(async () => await test.close());

/** Enters the people as an import would; gives their ids. */
async function enter(store: Store, people: readonly Somebody[], now: string): Promise<number[]> {
	const ids = await saved(store, people.map(({ birthDate, deceased, enteredOn }) => customer({ birthDate, deceased, enteredOn })), now);
	const all = <Value extends object>(list: (one: Somebody) => readonly Value[]) => people.flatMap((one, index) => list(one).map((value, serial) => ({ ...value, customerId: ids[index], code: `${ids[index]}-${serial}` })));
	const results = [
		...(await saveExams(store, all(({ exams }) => exams), now)), ...(await saveEquipment(store, all(({ equipment }) => equipment), now)),
		...(await saveAppointments(store, all(({ appointments }) => appointments.map(({ startsAt, status }) => ({ startsAt, status, kind: 'controllo' }))), now)),
		...(await saveQuotes(store, all(({ quotes }) => quotes), now)),
	];
	expect(results.filter(({ status }) => status !== 'created')).toEqual([]);
	await saveOwnDates(store, people.flatMap(({ ownDates }, index) => ownDates.map((own) => ({ ...own, customerId: ids[index] }))), now);
	await recordAnswers(store, people.flatMap(({ answers }, index) => answers.map((answer) => ({ ...answer, answer: answer.answer as Answer, customerId: ids[index] }))), now);
	return ids;
}

it.each(Object.entries(CASES))('%s: the statement finds those whom the rule finds, and whom anybody would find who counts on fingers', async (_, { kind, rule, obvious: count, ...more }) => {
	let found = 0;
	await fc.assert(fc.asyncProperty(shop, async ({ now, today, zone, people }) => {
		for (const table of ['exams', 'equipment', 'appointments', 'quotes', 'customer_answers', 'visit_rhythms', 'own_dates'] as const) {
			await test.store.db.deleteFrom(table).execute();
		}
		// Whoever was there before is nobody's newcomer.
		await test.store.db.updateTable('customers').set({ entered_on: null }).execute();
		const { settings } = test;
		const store = { ...test.store, shop: await saveShop(test.store.db, settings.shop, { timeZone: zone }, now) };
		const ids = await enter(store, people, now);
		const inWindow = (facts: Somebody, dues: ReadonlyArray<{ dueOn: string; stage?: number }>) => {
			const isBooked = facts.appointments.some(({ status, startsAt }) => status === 'booked' && startsAt >= now);
			const days = new Map<number, string>();
			for (const { dueOn, stage = 1 } of dues) {
				const isDue = dueOn <= today && dueOn >= plusDays(today, -more.late(stage)) && !(isBooked && more.unlessBooked.includes(stage)) && !facts.deceased;
				if (isDue && (days.get(stage) ?? '9999') > dueOn) days.set(stage, dueOn);
			}
			return [...days].map(([stage, dueOn]) => `${stage} ${dueOn}`);
		};
		const everybody = (dues: (facts: CustomerFacts) => ReadonlyArray<{ dueOn: string; stage?: number }>) =>
			people.flatMap((facts, index) => inWindow(facts, dues(facts)).map((due) => `${ids[index]} ${due}`)).sort();
		const byStatement = (await previewDue(store, planOf([kind(zone)], today), 100_000, now)).map((one) => `${one.customer.id} ${one.stage} ${one.dueOn}`).sort();
		found += byStatement.length;
		expect(byStatement).toEqual(everybody((facts) => rule(facts, today)));
		expect(byStatement).toEqual(everybody((facts) => count(facts, today)));
	}), { numRuns: RUNS });
	expect(found).toBeGreaterThan(RUNS / 8);
}, 300_000);
