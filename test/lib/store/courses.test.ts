import { plusDays } from '../../../lib/domain/time';
import { EYEWEAR_DEFAULTS, eyewearCheck } from '../../../lib/occasions/eyewear';
import { LENSES_DEFAULTS, lensesRunOut } from '../../../lib/occasions/lenses';
import { ORDER_READY_DEFAULTS, ordersReady } from '../../../lib/occasions/orderReady';
import { PROGRESSIVE_DEFAULTS, progressiveFollowUp } from '../../../lib/occasions/progressive';
import { VISION_DEFAULTS, visionCheck } from '../../../lib/occasions/vision';
import { approveMessages, rejectMessages } from '../../../lib/store/approval';
import { recordAnswers } from '../../../lib/store/answers';
import { endMessages } from '../../../lib/store/endMessages';
import { eraseCustomers } from '../../../lib/store/erasing/eraseCustomers';
import { recordConsents } from '../../../lib/store/recordConsents';
import { saveAppointments } from '../../../lib/store/records/appointments';
import { CourseShop, noon } from '../../support/courseShop';
import { customer, openTestStore, saved, type TestStore } from '../../support/store';

const TODAY = '2026-11-22';
const VISION = visionCheck(VISION_DEFAULTS);
const on = (days: number) => plusDays(TODAY, days);

let test: TestStore;
let shop: CourseShop;
let id: number;
beforeEach(async () => {
	test = await openTestStore();
	shop = new CourseShop(test.store, [VISION]);
	[id] = await saved(test.store, [customer()], noon('2024-01-01'));
});
afterEach(async () => await test.close());

describe('a course of contacts', () => {
	beforeEach(async () => await shop.exam(id, '2024-11-22'));
	const first = async () => (await shop.poll(TODAY))[0];

	it('goes on from stage to stage while nobody answers, each at its time, and then ends', async () => {
		await shop.send(await first(), TODAY);
		expect(await shop.names(on(20))).toEqual([]);
		const [second] = await shop.poll(on(21));
		expect(second).toMatchObject({ kind: 'recall.vision', stage: 2, dueOn: on(21), since: '2024-11-22', cause: 'interval' });
		await shop.send(second, on(21));
		expect(await shop.names(on(44))).toEqual([]);
		const [third] = await shop.poll(on(45));
		expect(third).toMatchObject({ stage: 3, dueOn: on(45) });
		await shop.send(third, on(45));
		for (const day of [46, 70, 100, 200, 365, 400]) expect(await shop.names(on(day))).toEqual([]);
	});

	it('counts the next stage from the day on which the last one was handed out, and leaves a week to answer after it was sent', async () => {
		const message = await shop.queue(await first(), TODAY);
		expect(await shop.names(on(21))).toEqual([]);
		// Approved and sent late, on the twentieth day.
		await approveMessages(test.store, [{ id: message, contentHash: 'h' }], 'chiara', on(20), noon(on(20)));
		await test.store.db.updateTable('messages').set({ state: 'sent' }).where('id', '=', message).execute();
		await test.store.db.insertInto('message_history').values({ message_id: message, at: noon(on(20)), from_state: 'sending', to_state: 'sent', who: 'sender', why: null }).execute();
		expect(await shop.names(on(26))).toEqual([]);
		expect(await shop.names(on(28))).toEqual([`${id} recall.vision 2`]);
	});

	it('tries the next stage where this one could not be sent, for another channel may be open', async () => {
		await shop.block(await first(), 'CONSENT_MISSING', TODAY);
		expect(await shop.names(on(21))).toEqual([`${id} recall.vision 2`]);
	});

	it.each(['OBJECTED', 'SUBJECT_DECEASED', 'MINOR'])('ends where the customer is not to be contacted at all: %s', async (reason) => {
		await shop.block(await first(), reason, TODAY);
		expect(await shop.names(on(21))).toEqual([]);
	});

	it('ends when the staff hold a message back', async () => {
		const message = await shop.queue(await first(), TODAY);
		await rejectMessages(test.store, [{ id: message, contentHash: 'h' }], 'chiara', 'inPerson', noon(TODAY));
		expect(await shop.names(on(30))).toEqual([]);
	});

	it('ends with a visit that becomes known late, when a later contact waits already', async () => {
		await shop.send(await first(), TODAY);
		const [second] = await shop.poll(on(21));
		const message = await shop.queue(second, on(21));
		// On the day of the visit nobody typed it in.
		await shop.equipment(id, { orderedOn: on(15), lensType: 'sun' });
		await endMessages(test.store, on(22), noon(on(22)));
		expect(await test.store.db.selectFrom('messages').select('state').where('id', '=', message).execute()).toEqual([{ state: 'blocked' }]);
		expect(await shop.names(on(45))).toEqual([]);
	});

	const endings: Array<[string, () => Promise<unknown>]> = [
		['came back', async () => await shop.equipment(id, { orderedOn: on(5), lensType: 'sun' })],
		['had the exam', async () => await shop.exam(id, on(5))],
		['booked', async () => await saveAppointments(test.store, [{ customerId: id, startsAt: noon(on(40)), kind: 'controllo', status: 'booked' }], noon(on(5)))],
		['answered', async () => await recordAnswers(test.store, [{ customerId: id, kind: 'recall.vision', answer: 'other', answeredOn: on(5) }], noon(on(5)))],
		['refused', async () => await recordConsents(test.store, [{ customerId: id, channel: 'any', purpose: 'recall', status: 'objected', legalBasis: 'consent', capturedAt: noon(on(5)), source: 'desk' }], noon(on(5)))],
		['was erased', async () => await eraseCustomers(test.store, [id], { reason: 'request', who: 'chiara' }, noon(on(5)))],
		['died', async () => await test.store.db.updateTable('customers').set({ deceased: 1 }).execute()],
	];
	it.each(endings)('ends at once when the customer %s', async (_, happens) => {
		await shop.send(await first(), TODAY);
		await happens();
		expect(await shop.names(on(21))).toEqual([]);
		expect(await shop.names(on(30))).toEqual([]);
	});

	it('goes on after a refusal of something else', async () => {
		await shop.send(await first(), TODAY);
		await recordConsents(test.store, [{ customerId: id, channel: 'email', purpose: 'marketing', status: 'withdrawn', legalBasis: 'consent', capturedAt: noon(on(5)), source: 'desk' }], noon(on(5)));
		expect(await shop.names(on(21))).toEqual([`${id} recall.vision 2`]);
	});

	it('takes back a message that still waits when the customer comes to the shop', async () => {
		const message = await shop.queue(await first(), TODAY);
		expect(await endMessages(test.store, on(1), noon(on(1)))).toBe(0);
		await shop.equipment(id, { orderedOn: on(1), lensType: 'sun' });
		expect(await endMessages(test.store, on(1), noon(on(1)))).toBe(1);
		expect(await shop.stateOf(message)).toBe('blocked');
		expect(await test.store.db.selectFrom('message_history').select(['to_state', 'who', 'why']).orderBy('id', 'desc').executeTakeFirst()).toEqual({ to_state: 'blocked', who: 'clock', why: 'CAME_BACK' });
	});

	it('does not hand out again what a workflow lost when the customer has come back meanwhile', async () => {
		await first();
		await shop.equipment(id, { orderedOn: on(1), lensType: 'sun' });
		expect(await shop.names(on(1))).toEqual([]);
		expect(await shop.ledger()).toEqual(['recall.vision 1 settled stopped CAME_BACK']);
	});

	it('begins once, also when the day of the exam is corrected or the shop counts other months', async () => {
		await shop.send(await first(), TODAY);
		const [{ id: examId }] = await test.store.db.selectFrom('exams').select('id').execute();
		await test.store.db.updateTable('exams').set({ taken_on: '2024-11-24' }).where('id', '=', examId).execute();
		expect(await shop.names(on(2))).toEqual([]);
		await test.store.db.updateTable('exams').set({ taken_on: '2024-11-22' }).where('id', '=', examId).execute();
		const sooner = new CourseShop(test.store, [visionCheck({ ...VISION_DEFAULTS, adultMonths: 25 })]);
		expect(await sooner.names('2026-12-22')).toEqual([`${id} recall.vision 2`]);
	});

	it('begins anew after another exam, also soon', async () => {
		await shop.send(await first(), TODAY);
		await shop.exam(id, on(10), { nextDueOn: on(60) });
		expect(await shop.names(on(45))).toEqual([]);
		expect(await shop.names(on(60))).toEqual([`${id} recall.vision 1`]);
	});
});

describe('several things due for one person', () => {
	beforeEach(async () => {
		shop = new CourseShop(test.store, [VISION, eyewearCheck(EYEWEAR_DEFAULTS), lensesRunOut(LENSES_DEFAULTS), ordersReady(ORDER_READY_DEFAULTS)]);
		await shop.exam(id, '2024-11-22');
		await shop.equipment(id, { orderedOn: '2026-05-10', deliveredOn: '2026-05-22', lensType: 'single-vision' }, TODAY);
	});

	it('become one contact: the most important goes, the other waits for its turn and is not lost', async () => {
		const [vision, ...others] = await shop.poll(TODAY);
		expect([vision.kind, others]).toEqual(['recall.vision', []]);
		expect(await shop.ledger()).toEqual(['recall.vision 1 leased', 'recall.eyewear 1 waiting']);
		await shop.send(vision, TODAY);
		expect(await shop.names(on(13))).toEqual([]);
		expect(await shop.poll(on(14))).toMatchObject([{ kind: 'recall.eyewear', stage: 1, dueOn: TODAY, expiresOn: on(44) }]);
		expect(await shop.ledger()).toEqual(['recall.vision 1 settled message', 'recall.eyewear 1 leased']);
	});

	it('do not wait for one that was never sent', async () => {
		const [vision] = await shop.poll(TODAY);
		await shop.block(vision, 'CONSENT_MISSING', TODAY);
		expect(await shop.names(on(1))).toEqual([`${id} recall.eyewear 1`]);
	});

	it('wait no more once the customer comes back, and say so', async () => {
		await shop.send((await shop.poll(TODAY))[0], TODAY);
		await shop.exam(id, on(3));
		expect(await shop.names(on(14))).toEqual([]);
		expect(await shop.ledger()).toEqual(['recall.vision 1 settled message', 'recall.eyewear 1 settled stopped CAME_BACK']);
	});

	it('let service go at once and wait behind it', async () => {
		await shop.equipment(id, { orderedOn: '2026-11-10', readyOn: TODAY, lensType: 'sun', code: 'B1' }, TODAY);
		expect(await shop.names(TODAY)).toEqual([`${id} order.ready 1`]);
		expect((await shop.ledger()).sort()).toEqual(['order.ready 1 leased', 'recall.eyewear 1 waiting', 'recall.vision 1 waiting']);
	});

	it('are each handed out once to two who ask at the same time', async () => {
		const ids = await saved(test.store, Array.from({ length: 30 }, () => customer()), noon('2024-01-01'));
		for (const one of ids) await shop.exam(one, '2024-11-22');
		const polls = await Promise.all(Array.from({ length: 6 }, async () => await shop.poll(TODAY, 10)));
		const found = polls.flat().map(({ occasionId }) => occasionId);
		expect(found).toHaveLength(31);
		expect(new Set(found).size).toBe(31);
	});
});

describe('the follow-up of progressive lenses', () => {
	const delivered = async (deliveredOn: string, more: { code?: string; returnedOn?: string; firstProgressive?: boolean } = {}) =>
		await shop.equipment(id, { orderedOn: plusDays(deliveredOn, -10), deliveredOn, lensType: 'progressive', code: 'P1', ...more });
	const stages = async (from: number, to: number) => {
		const found: string[] = [];
		for (let day = from; day <= to; day++) {
			for (const one of await shop.poll(on(day))) {
				found.push(`${day}: ${one.stage}${one.cause ? ` ${one.cause}` : ''}`);
				await shop.send(one, on(day));
			}
		}
		return found;
	};
	beforeEach(() => void (shop = new CourseShop(test.store, [progressiveFollowUp(PROGRESSIVE_DEFAULTS)])));

	it('sends a message, has the first-time wearer called, and checks after half a year', async () => {
		await delivered(TODAY);
		expect(await stages(1, 220)).toEqual(['7: 1 first-time', '21: 2 first-time', '181: 3 first-time']);
	});

	it('calls nobody who has worn such lenses before, unless the record says that they are the first', async () => {
		await delivered('2022-03-01');
		await delivered(TODAY, { code: 'P2' });
		expect(await stages(1, 30)).toEqual(['7: 1']);
		await delivered(on(40), { code: 'P3', firstProgressive: true });
		expect(await stages(41, 70)).toEqual(['47: 1 first-time', '61: 2 first-time']);
	});

	it('has whoever says that something is wrong called at once, and once', async () => {
		await delivered(TODAY);
		await stages(1, 9);
		await recordAnswers(test.store, [{ customerId: id, kind: 'progressive', answer: 'wrong', answeredOn: on(10) }], noon(on(10)));
		expect(await stages(10, 40)).toEqual(['10: 2 answered-wrong']);
	});

	it('calls nobody who says that all is well', async () => {
		await delivered(TODAY);
		await stages(1, 9);
		await recordAnswers(test.store, [{ customerId: id, kind: 'progressive', answer: 'fine', answeredOn: on(9) }], noon(on(9)));
		expect(await stages(10, 40)).toEqual([]);
	});

	it('begins anew after a remake, and stops after a return', async () => {
		await delivered(TODAY);
		expect(await stages(1, 15)).toEqual(['7: 1 first-time']);
		await delivered(on(16));
		expect(await stages(16, 40)).toEqual(['23: 1 first-time', '37: 2 first-time']);
		await delivered(on(16), { returnedOn: on(41) });
		expect(await stages(41, 250)).toEqual([]);
		await delivered(on(251), { code: 'P9' });
		expect(await stages(251, 260)).toEqual(['258: 1 first-time']);
	});

	it('takes a day corrected by little for the same delivery', async () => {
		await delivered(TODAY);
		expect(await stages(1, 8)).toEqual(['7: 1 first-time']);
		await delivered(on(2));
		expect(await stages(9, 30)).toEqual(['23: 2 first-time']);
	});
});
