import { plusMinutes } from '../../../lib/domain/time';
import { resolveUncertain } from '../../../lib/store/approval';
import { messageHistory } from '../../../lib/store/messageHistory';
import { markUncertain, recordSending, recordTaken, takeApproved, waitingMessages } from '../../../lib/store/sending';
import { approved } from '../../support/approved';
import { openTestStore, type TestStore } from '../../support/store';

const NOW = '2026-11-23T09:00:00.000Z';
/** The lease of two minutes is over. */
const LATER = '2026-11-23T09:03:00.000Z';
const ANSWERED = '2026-11-23T09:03:01.000Z';

let test: TestStore;
beforeEach(async () => (test = await openTestStore(NOW)));
afterEach(async () => await test.close());

/** Messages on their way, called uncertain because the provider is slower than their lease, or because the clock was moved. */
async function calledUncertain(count: number): Promise<number[]> {
	const { store } = test;
	const people = Array.from({ length: count }, (_, index) => ({ contactPoints: [{ kind: 'email' as const, value: `anna.${index}@posta.example` }] }));
	const ids = (await approved(store, 'email', people, NOW)).map(({ id }) => id);
	await store.db.transaction().execute(async (transaction) => {
		await takeApproved(transaction, store, { channels: ['email'], limit: count, today: '2026-11-23' }, NOW);
		await recordTaken(transaction, ids.map((id) => ({ id, to: 'sending', sendingUntil: plusMinutes(NOW, 2) })), NOW);
	});
	expect(await markUncertain(store, LATER)).toEqual(ids);
	return ids;
}

const record = async (...results: Parameters<typeof recordSending>[1]) => await test.store.db.transaction().execute(async (transaction) => await recordSending(transaction, results, ANSWERED));
const stateOf = async (id: number) => (await waitingMessages(test.store, [id])).get(id)?.state;
const changesOf = async (id: number) => (await messageHistory(test.store.db, test.store.shop.id, id)).map(({ from, to, who }) => `${from ?? 'new'} ${to} ${who}`).slice(2);

it('what the provider has taken is sent, though it was called uncertain before the answer came', async () => {
	const [id] = await calledUncertain(1);
	await record({ id, to: 'sent', providerId: 'p1', sentOn: '2026-11-23' });
	expect(await stateOf(id)).toBe('sent');
	expect(await changesOf(id)).toEqual(['sending uncertain clock', 'uncertain sent sender']);
	expect(await test.store.db.selectFrom('messages').select(['provider_id', 'attempts', 'sent_on']).execute()).toEqual([{ provider_id: 'p1', attempts: 1, sent_on: '2026-11-23' }]);
});

it.each(['failed', 'approved', 'uncertain'] as const)('anything else (%s) that comes so late leaves it to the staff, and the history says nothing that is not so', async (to) => {
	const [id] = await calledUncertain(1);
	await record({ id, to });
	expect(await stateOf(id)).toBe('uncertain');
	expect(await changesOf(id)).toEqual(['sending uncertain clock']);
});

it('what the staff have said by then stays', async () => {
	const [one, other] = await calledUncertain(2);
	await resolveUncertain(test.store, one, false, 'chiara', LATER);
	await record({ id: one, to: 'sent' }, { id: other, to: 'sent' });
	expect([await stateOf(one), await stateOf(other)]).toEqual(['failed', 'sent']);
	expect(await changesOf(one)).toEqual(['sending uncertain clock', 'uncertain failed chiara']);
});
