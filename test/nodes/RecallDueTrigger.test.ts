import { RecallDueTrigger } from '../../nodes/RecallDueTrigger/RecallDueTrigger.node';
import type { CrmItem } from '../../lib/domain/item';
import { plusDays } from '../../lib/domain/time';
import { saveOwnDates } from '../../lib/store/customers/ownDates';
import { saveAppointments } from '../../lib/store/records/appointments';
import { saveEquipment } from '../../lib/store/records/equipment';
import { saveExams } from '../../lib/store/records/exams';
import { saveQuotes } from '../../lib/store/records/quotes';
import { saveShop } from '../../lib/store/shops';
import { ConsentCheck } from '../../nodes/ConsentCheck/ConsentCheck.node';
import { OpticalCrm } from '../../nodes/OpticalCrm/OpticalCrm.node';
import { logged, pollNode, runNode, type NodeRun } from '../support/runNode';
import { countStatements, NOTICE } from '../support/store';
import { setClock } from './support/clock';
import { failure, items, NOW, openShop, TODAY, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const poll = async (kinds: string[], parameters: NonNullable<NodeRun['parameters']> = {}, run: NodeRun = {}) =>
	items(await pollNode(RecallDueTrigger, { credentials: shop.credentials, parameters: { kinds, ...parameters }, ...run }));
const consents = (['recall', 'marketing', 'survey'] as const).map((purpose) => ({ channel: 'email' as const, purpose, status: 'granted' as const, capturedOn: '2023-02-03' }));
const someone = async () => (await shop.customers(1, { consents, enteredOn: '2026-11-20' }))[0];
const examined = async (count: number, takenOn = '2024-11-22') => {
	const ids = await shop.customers(count, { consents });
	await saveExams(shop.store, ids.map((customerId) => ({ customerId, takenOn })), NOW);
	return ids;
};

/** What makes each kind due today, and what its item says. */
const KINDS: Array<[kind: string, make: (customerId: number) => Promise<unknown>, occasion: Partial<CrmItem['occasion']>]> = [
	['recall.vision', async (customerId) => await saveExams(shop.store, [{ customerId, takenOn: '2024-11-22' }], NOW), { class: 'recall', since: '2024-11-22', cause: 'interval', expiresOn: '2026-12-22' }],
	['recall.eyewear', async (customerId) => await saveEquipment(shop.store, [{ customerId, orderedOn: '2026-05-10', deliveredOn: '2026-05-22', lensType: 'reading' }], NOW), { class: 'recall', since: '2026-05-22', uses: { purchaseOn: '2026-05-22' } }],
	['recall.lenses', async (customerId) => await saveEquipment(shop.store, [{ customerId, orderedOn: '2026-09-03', lensType: 'contact-lenses', supplyDays: 90 }], NOW), { class: 'recall', since: '2026-09-03', uses: { purchaseOn: '2026-09-03' } }],
	['recall.dormant', async (customerId) => await saveExams(shop.store, [{ customerId, takenOn: '2024-05-22' }], NOW), { class: 'recall', since: '2024-05-22', cause: 'fixed', uses: { purchaseOn: '2024-05-22' } }],
	['order.ready', async (customerId) => await saveEquipment(shop.store, [{ customerId, orderedOn: '2026-11-10', readyOn: TODAY, lensType: 'reading' }], NOW), { class: 'service', since: TODAY, uses: { purchaseOn: TODAY } }],
	['appointment.missed', async (customerId) => await saveAppointments(shop.store, [{ customerId, startsAt: '2026-11-21T22:30:00.000Z', kind: 'controllo', status: 'missed' }], NOW), { class: 'service', since: '2026-11-21' }],
	['quote.open', async (customerId) => await saveQuotes(shop.store, [{ customerId, madeOn: '2026-11-15' }], NOW), { class: 'promotional', since: '2026-11-15' }],
	['survey', async (customerId) => {
		// A notice that tells of surveys.
		await saveShop(shop.store.db, 'main', { privacyNotices: [{ ...NOTICE, purposes: [...NOTICE.purposes, 'survey'] }] }, NOW);
		await saveEquipment(shop.store, [{ customerId, orderedOn: '2026-10-10', deliveredOn: '2026-10-23', lensType: 'reading' }], NOW);
	}, { class: 'relational', since: '2026-10-23', uses: { purchaseOn: '2026-10-23' } }],
	['welcome', async () => undefined, { class: 'relational', since: '2026-11-20' }],
];

it.each(KINDS)('%s comes on its day, passes the consent check, is written and waits for the staff', async (kind, make, expected) => {
	const id = await someone();
	await make(id);
	const due = await poll([kind]);
	expect(due).toEqual([{
		customer: { id, code: expect.any(String), firstName: 'Giulia', lastName: expect.any(String), language: 'it', formality: 'lei' },
		occasion: expect.objectContaining({ id: expect.any(Number), kind, dueOn: TODAY, stage: 1, daysLate: 0, by: 'message', ...expected }),
	}]);
	// Only what comes from a purchase says so.
	expect(due[0].occasion.uses).toEqual(expected.uses);
	const [written] = await shop.written(await shop.allowed(due));
	expect(written.message).toMatchObject({ templateId: kind, class: expected.class });
	expect((await shop.queued([written]))[0].message).toMatchObject({ state: 'pending', duplicate: false });
	expect(await poll([kind])).toEqual([]);
});

it('a date that counts from a delivery says that it goes by a purchase: too old for an offer, not for a reminder', async () => {
	const id = await someone();
	await saveEquipment(shop.store, [{ customerId: id, orderedOn: '2024-11-01', deliveredOn: '2024-11-12', lensType: 'reading' }], NOW);
	const date = (name: string, messageClass: string) => ({ dates: { date: [{ name, source: 'delivery', days: 740, class: messageClass, windowDays: 0 }] } });
	const reasonOf = async (due: CrmItem[]) => {
		expect(due).toMatchObject([{ occasion: { since: '2024-11-12', uses: { purchaseOn: '2024-11-12' } } }]);
		return (await runNode(ConsentCheck, { credentials: shop.credentials, items: due })).flatMap(items).map(({ decision }) => decision?.reason);
	};
	expect(await reasonOf(await poll(['date'], date('two-years-offer', 'promotional')))).toEqual(['RETENTION_EXPIRED']);
	expect(await reasonOf(await poll(['date'], date('two-years', 'recall')))).toEqual(['ALLOW_CONSENT']);
});

it('hands out dates of a consultant\'s own, before and after them', async () => {
	const id = await someone();
	await saveOwnDates(shop.store, [{ customerId: id, name: 'guarantee-end', day: '2026-12-22' }], NOW);
	await saveAppointments(shop.store, [{ customerId: id, startsAt: '2026-11-23T22:59:00.000Z', kind: 'controllo', status: 'booked' }], NOW);
	const date = (name: string, source: string, days: number) => ({ name, source, days, class: 'service', windowDays: 0 });
	const due = await poll(['date'], { dates: { date: [date('guarantee-end', 'ownDate', -30), date('tomorrow', 'appointment', -1), date('later', 'appointment', -2)] } });
	expect(due.map(({ occasion }) => [occasion.kind, occasion.since, occasion.class])).toEqual([
		['date.guarantee-end', '2026-12-22', 'service'], ['date.tomorrow', '2026-11-23', 'service'],
	]);
});

it('begins with what is due from the first day on, and tells how many older ones it leaves out', async () => {
	await examined(3);
	await examined(5, '2023-03-01');
	await examined(2, '2024-11-21');
	const parameters = { options: { leaseMinutes: 1440 } };
	expect(await poll(['recall.vision'], parameters)).toHaveLength(3);
	expect(logged.findLast((line) => line.includes('course begins'))).toMatch(/"kind":"recall.vision","startsOn":"2026-11-22","leftOut":7/);
	setClock('2026-11-23T07:00:00.000Z');
	expect(await poll(['recall.vision'], parameters)).toEqual([]);
	expect(await shop.store.db.selectFrom('occasion_starts').selectAll().execute()).toEqual([
		{ shop_id: 1, kind: 'recall.vision', starts_on: '2026-11-22', activated_on: '2026-11-22', left_out: 7 },
	]);
	const [{ json }] = (await runNode(OpticalCrm, { credentials: shop.credentials, items: [{}], parameters: { resource: 'shop', operation: 'get' } }))[0];
	expect(json).toMatchObject({ code: shop.store.shop.code, occasionStarts: [{ kind: 'recall.vision', startsOn: '2026-11-22', activatedOn: '2026-11-22', leftOut: 7 }] });
});

it('takes older ones too where it is asked, with time to work them off', async () => {
	await examined(6, '2024-06-01');
	const parameters = { options: { olderDays: 365, mostPerPoll: 4 } };
	const due = await poll(['recall.vision'], parameters);
	expect(due).toHaveLength(4);
	expect(due[0].occasion).toMatchObject({ dueOn: '2026-06-01', daysLate: 174, expiresOn: plusDays(TODAY, 30) });
	setClock('2026-12-10T08:00:00.000Z');
	expect(await poll(['recall.vision'], { options: { olderDays: 365, mostPerPoll: 4, leaseMinutes: 1440 } })).toHaveLength(4);
});

it('catches up days of downtime within the window of the kind', async () => {
	await examined(1, '2024-11-25');
	await poll(['recall.vision']);
	setClock('2026-12-25T08:00:00.000Z');
	expect(await poll(['recall.vision'], {}, { mode: 'manual' })).toMatchObject([{ occasion: { dueOn: '2026-11-25', daysLate: 30 } }]);
	setClock('2026-12-26T08:00:00.000Z');
	expect(await poll(['recall.vision'])).toEqual([]);
});

it('shows who would come to "Fetch Test Event", and changes nothing', async () => {
	await examined(15);
	expect(await poll(['recall.vision', 'recall.dormant'], {}, { mode: 'manual' })).toHaveLength(10);
	expect(await shop.store.db.selectFrom('occasions').selectAll().execute()).toEqual([]);
	expect(await shop.store.db.selectFrom('occasion_starts').selectAll().execute()).toEqual([]);
	expect(await poll(['recall.vision'])).toHaveLength(15);
});

it('calls at the last stage', async () => {
	await examined(1);
	const parameters = { vision: { followUps: '10', callLast: true } };
	const [item] = await poll(['recall.vision'], parameters);
	await shop.store.db.updateTable('occasions').set({ state: 'settled', outcome: 'blocked', reason: 'CONSENT_MISSING', leased_until: null }).where('id', '=', item.occasion.id as number).execute();
	setClock('2026-12-02T08:00:00.000Z');
	expect(await poll(['recall.vision'], parameters)).toMatchObject([{ occasion: { stage: 2, by: 'call' } }]);
});

it('welcomes nobody for an import', async () => {
	await shop.customers(6, { enteredOn: '2026-11-20' });
	expect(await poll(['welcome'], { welcome: { mostADay: 5 } })).toEqual([]);
	expect(await poll(['welcome'], { welcome: { mostADay: 6 } })).toHaveLength(6);
});

it('claims five hundred of all kinds with five statements, and one that says so', async () => {
	const kinds = KINDS.map(([kind]) => kind);
	await poll(kinds);
	await examined(500);
	expect(await countStatements(async () => expect(await poll(kinds, { options: { mostPerPoll: 500 } })).toHaveLength(500))).toBeLessThanOrEqual(5);
});

it.each([
	[['recall.vision'], { vision: { adultMonths: 0 } }, /"Adults After" of the vision check is not a whole number from 1 to 120/],
	[['recall.vision'], { vision: { adultAge: 60, seniorAge: 60 } }, /nobody is an adult/],
	[['recall.eyewear'], { eyewear: { followUps: '45, 21' } }, /do not ascend/],
	[['recall.eyewear'], { eyewear: { followUps: 'soon' } }, /"Follow-Ups After" of the eyewear check-up is not a whole number/],
	[['recall.lenses'], { lenses: { leadDays: -1 } }, /"Days Before" of the contact lenses/],
	[['recall.dormant'], { dormant: { leastMonths: 24, mostMonths: 12 } }, /least time is longer than the longest/],
	[['recall.dormant'], { dormant: { factor: 0 } }, /"Times the Rhythm"/],
	[['date'], { dates: { date: [{ name: 'Not a name', source: 'exam', days: 1, class: 'service' }] } }, /name of a date cannot be used/],
	[['date'], {}, /No kind of occasion is chosen/],
	[[], {}, /No kind of occasion is chosen/],
	[['recall.vision'], { options: { mostPerPoll: 0 } }, /"Most for Each Poll" is not a whole number from 1 to 5000/],
	[['recall.vision'], { options: { leaseMinutes: '60' } }, /"Lease \(Minutes\)"/],
	[['recall.vision'], { options: { restDays: -1 } }, /"Days of Rest"/],
	[['recall.vision'], { options: { olderDays: 1e6 } }, /"Older at the Start/],
])('refuses settings that cannot be right: %p %p', async (kinds, parameters, message) => {
	const { message: told, description } = await failure(poll(kinds as string[], parameters as NonNullable<NodeRun['parameters']>));
	expect(told).toMatch(message);
	expect(description.length).toBeGreaterThan(10);
});

it('shows a made-up example of each kind while nobody is due', async () => {
	const examples = await poll(['recall.vision', 'order.ready'], {}, { mode: 'manual' });
	expect(examples.map(({ sample, customer, occasion }) => [sample, customer.id, occasion.kind, occasion.class, occasion.by, occasion.since, occasion.dueOn, occasion.expiresOn])).toEqual([
		[true, 0, 'recall.vision', 'recall', 'message', '2025-11-22', TODAY, '2026-12-22'], [true, 0, 'order.ready', 'service', 'message', TODAY, TODAY, '2026-12-06'],
	]);
	expect(await poll(['recall.vision', 'order.ready'])).toEqual([]);
});
