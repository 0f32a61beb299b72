import { ProgressiveFollowUpTrigger } from '../../nodes/ProgressiveFollowUpTrigger/ProgressiveFollowUpTrigger.node';
import { plusDays } from '../../lib/domain/time';
import { recordAnswers } from '../../lib/store/answers';
import { saveEquipment } from '../../lib/store/records/equipment';
import { pollNode, type NodeRun } from '../support/runNode';
import { setClock } from './support/clock';
import { failure, items, NOW, openShop, TODAY, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const poll = async (parameters: NonNullable<NodeRun['parameters']> = {}, run: NodeRun = {}) =>
	items(await pollNode(ProgressiveFollowUpTrigger, { credentials: shop.credentials, parameters, ...run }));
const recall = [{ channel: 'email' as const, purpose: 'recall' as const, status: 'granted' as const, capturedOn: '2023-02-03' }];
const delivered = async (deliveredOn: string, consents = recall) => {
	const [customerId] = await shop.customers(1, { consents });
	await saveEquipment(shop.store, [{ customerId, orderedOn: '2026-05-01', deliveredOn, lensType: 'progressive' }], NOW);
	return customerId;
};

it('starts with a message as a service, which needs no consent, and is written from its template', async () => {
	const id = await delivered('2026-11-15', []);
	const due = await poll();
	expect(due).toMatchObject([{ customer: { id }, occasion: { kind: 'progressive', stage: 1, class: 'service', by: 'message', cause: 'first-time', since: '2026-11-15' } }]);
	const [written] = await shop.written(await shop.allowed(due));
	expect(written.message).toMatchObject({ templateId: 'progressive', class: 'service' });
	expect(written.message).not.toHaveProperty('refusalUrl', expect.any(String));
});

it('asks for a call when something is wrong, at once', async () => {
	const customerId = await delivered('2026-11-19');
	await poll();
	await recordAnswers(shop.store, [{ customerId, kind: 'progressive', answer: 'wrong', answeredOn: '2026-11-22' }], NOW);
	expect(await poll()).toMatchObject([{ occasion: { stage: 2, class: 'service', by: 'call', cause: 'answered-wrong' } }]);
	expect(await poll()).toEqual([]);
});

it('checks after half a year as a recall, with a template of its own', async () => {
	await delivered('2026-05-22');
	await delivered('2026-05-22', []);
	const due = await poll();
	expect(due).toMatchObject([{ occasion: { stage: 3, class: 'recall', by: 'message' } }, { occasion: { stage: 3 } }]);
	const allowed = await shop.allowed(due);
	expect(allowed).toHaveLength(1);
	expect((await shop.written(allowed))[0].message).toMatchObject({ templateId: 'progressive.3', class: 'recall', refusalUrl: expect.any(String) });
});

it('calls everybody where the shop wants it, and shows examples without claiming', async () => {
	const id = await delivered('2026-11-01');
	await saveEquipment(shop.store, [{ customerId: id, orderedOn: '2020-01-01', deliveredOn: '2020-01-10', lensType: 'progressive' }], NOW);
	expect(await poll({}, { mode: 'manual' })).toMatchObject([{ sample: true, occasion: { dueOn: TODAY, since: plusDays(TODAY, -7) } }]);
	expect(await poll({ callWhom: 'everybody' }, { mode: 'manual' })).toMatchObject([{ occasion: { stage: 2, by: 'call' } }]);
	expect(await poll({ callWhom: 'everybody' })).toHaveLength(1);
	setClock('2026-11-22T08:30:00.000Z');
	expect(await poll({ callWhom: 'everybody' })).toEqual([]);
});

it.each([
	[{ messageDays: 21, callDays: 21 }, /before the message, or on the same day/],
	[{ callDays: 60, checkMonths: 2 }, /check would come before the call/],
	[{ messageDays: 0 }, /"Message After" is not a whole number/],
])('refuses settings that contradict each other: %p', async (parameters, message) => {
	expect((await failure(poll(parameters))).message).toMatch(message);
});
