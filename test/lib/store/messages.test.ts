import { appendOnlyProblem } from './appendOnly';
import { endMessages } from '../../../lib/store/endMessages';
import { approveMessages, editMessage, rejectMessages, resolveUncertain } from '../../../lib/store/approval';
import { messageHistory } from '../../../lib/store/messageHistory';
import { messageDetail, messagesInState, messageStates } from '../../../lib/store/review';
import { markUncertain, recordSending, recordTaken, takeApproved, type OutgoingMessage } from '../../../lib/store/sending';
import { plusMinutes } from '../../../lib/domain/time';
import { queueMessages, type NewMessage } from '../../../lib/store/messages';
import { occasionIds } from '../../../lib/store/settling';
import type { Store } from '../../../lib/store/open';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const TODAY = '2026-11-22';
const PAGE = { today: TODAY, limit: 10, offset: 0 };

let test: TestStore;
let store: Store;
beforeEach(async () => {
	test = await openTestStore();
	({ store } = test);
});
afterEach(async () => await test.close());

/** Messages for so many new customers, ready to be queued. */
async function drafts(count: number): Promise<NewMessage[]> {
	const ids = await saved(store, Array.from({ length: count }, () => customer()));
	const occasions = await occasionIds(store, ids.map((customerId) => ({ customerId, kind: 'birthday', dueOn: TODAY, stage: 1 })), NOW);
	const points = await store.db.selectFrom('contact_points').select(['id', 'customer_id']).execute();
	return ids.map((customerId, index) => ({
		customerId,
		occasionId: occasions[index] as number,
		contactPointId: points.find((point) => point.customer_id === customerId)?.id as number,
		expiresOn: '2026-11-25',
		contentHash: `hash-${customerId}`,
		message: {
			channel: 'email', class: 'relational', language: 'it', templateId: 'birthday', templateVersion: 1,
			subject: 'Auguri', body: 'Tanti auguri', text: 'Tanti auguri\n\nOttica Prova', html: '<p>Tanti auguri</p>',
		},
	}));
}

const seen = ({ customerId }: NewMessage, id: number) => ({ id, contentHash: `hash-${customerId}` });
const take = async (leaseMinutes = 2, now = NOW): Promise<OutgoingMessage[]> =>
	await store.db.transaction().execute(async (transaction) => {
		const taken = await takeApproved(transaction, store, { channels: ['email'], limit: 10, today: TODAY }, now);
		await recordTaken(transaction, taken.map(({ id }) => ({ id, to: 'sending', sendingUntil: plusMinutes(now, leaseMinutes) })), now);
		return taken;
	});

describe('queueing', () => {
	it('stores one message for each occasion, also when two executions run at the same time', async () => {
		const entries = await drafts(20);
		const answers = await Promise.all([1, 2, 3].map(async () => await queueMessages(store, entries, 'staff', NOW)));
		const all = answers.flat();
		expect(all.filter(({ duplicate }) => !duplicate)).toHaveLength(20);
		expect(new Set(all.map(({ id }) => id)).size).toBe(20);
		expect((await messagesInState(store, 'pending', PAGE)).total).toBe(20);
	});

	it('settles the occasion, so that the trigger does not hand it out again', async () => {
		await queueMessages(store, await drafts(1), 'staff', NOW);
		expect(await store.db.selectFrom('occasions').select(['state', 'outcome']).execute()).toEqual([{ state: 'settled', outcome: 'message' }]);
	});

	it('takes as many statements for 500 messages as for one', async () => {
		const one = await drafts(1);
		const many = await drafts(500);
		const few = await countStatements(async () => await queueMessages(store, one, 'staff', NOW));
		expect(await countStatements(async () => await queueMessages(store, many, 'staff', NOW))).toBe(few);
		expect(few).toBeLessThanOrEqual(5);
	});
});

describe('approving', () => {
	it('approves this very text only: what was edited meanwhile is left alone', async () => {
		const [entry] = await drafts(1);
		const [{ id }] = await queueMessages(store, [entry], 'staff', NOW);
		const edited = { subject: 'Auguri!', body: 'Auguri', text: 'Auguri', contentHash: 'another' };
		expect(await editMessage(store, seen(entry, id), edited, 'chiara', NOW)).toBe(true);
		expect(await approveMessages(store, [seen(entry, id)], 'marco', TODAY, NOW)).toEqual([]);
		expect(await approveMessages(store, [{ id, contentHash: 'another' }], 'marco', TODAY, NOW)).toMatchObject([{ id, state: 'approved' }]);
	});

	it('lets one of two people decide, never both', async () => {
		const [entry] = await drafts(1);
		const [{ id }] = await queueMessages(store, [entry], 'staff', NOW);
		const answers = await Promise.all([
			approveMessages(store, [seen(entry, id)], 'chiara', TODAY, NOW),
			rejectMessages(store, [seen(entry, id)], 'marco', 'timing', NOW),
			approveMessages(store, [seen(entry, id)], 'chiara', TODAY, NOW),
		]);
		expect(answers.flat()).toHaveLength(1);
	});

	it('keeps who did what and why, in rows that nobody can change', async () => {
		const [entry] = await drafts(1);
		const [{ id }] = await queueMessages(store, [entry], 'staff', NOW);
		await rejectMessages(store, [seen(entry, id)], 'marco', 'timing: torna a maggio', NOW);
		expect(await messageHistory(store.db, store.shop.id, id)).toMatchObject([
			{ to: 'pending', who: 'workflow' },
			{ from: 'pending', to: 'rejected', who: 'marco', why: 'timing: torna a maggio' },
		]);
		for (const table of ['message_history', 'consents', 'decisions'] as const) {
			expect(await appendOnlyProblem(store, table)).toMatch(/append-only/);
		}
	});

	it('lets what is late expire, and approves nothing that is', async () => {
		const [entry] = await drafts(1);
		const [{ id }] = await queueMessages(store, [entry], 'staff', NOW);
		expect(await approveMessages(store, [seen(entry, id)], 'marco', '2026-11-26', NOW)).toEqual([]);
		expect((await messagesInState(store, 'pending', { ...PAGE, today: '2026-11-26' })).total).toBe(0);
		expect(await endMessages(store, '2026-11-25', NOW)).toBe(0);
		expect(await endMessages(store, '2026-11-26', NOW)).toBe(1);
		expect(await messageDetail(store, id)).toMatchObject({ state: 'expired' });
	});
});

describe('sending', () => {
	it('takes only what is approved, each once', async () => {
		const entries = await drafts(3);
		const queued = await queueMessages(store, entries, 'staff', NOW);
		await approveMessages(store, [seen(entries[0], queued[0].id), seen(entries[1], queued[1].id)], 'chiara', TODAY, NOW);
		const answers = await Promise.all([take(), take(), take()]);
		expect(answers.flat().map(({ id }) => id).sort()).toEqual([queued[0].id, queued[1].id]);
		expect(answers.flat()[0]).toMatchObject({ attempts: 1, recipient: expect.stringContaining('@posta.example') });
	});

	it('calls what was cut off uncertain once its lease is over, and never takes it again', async () => {
		await queueMessages(store, await drafts(1), 'policy', NOW);
		const [{ id }] = await take();
		expect(await markUncertain(store, plusMinutes(NOW, 1))).toEqual([]);
		expect(await markUncertain(store, plusMinutes(NOW, 2))).toEqual([id]);
		expect(await take(2, plusMinutes(NOW, 10))).toEqual([]);
		expect(await resolveUncertain(store, id, true, 'chiara', NOW)).toBe(true);
		expect(await resolveUncertain(store, id, false, 'marco', NOW)).toBe(false);
		expect((await messageStates(store, [id])).get(id)).toBe('sent');
	});

	it('waits before it tries again what the provider has refused for now', async () => {
		await queueMessages(store, await drafts(1), 'policy', NOW);
		const [{ id }] = await take();
		const later = plusMinutes(NOW, 5);
		await recordSending(store.db, [{ id, to: 'approved', why: 'SMTP_451', notBefore: later }], NOW);
		expect(await take(2, plusMinutes(NOW, 4))).toEqual([]);
		expect(await take(2, later)).toMatchObject([{ id, attempts: 2 }]);
	});

	it('waits for the moment that a message was written for; one that is written anew waits for its own', async () => {
		const [entry] = await drafts(1);
		const [{ id }] = await queueMessages(store, [{ ...entry, notBefore: plusMinutes(NOW, 60) }], 'policy', NOW);
		expect(await take(2, plusMinutes(NOW, 59))).toEqual([]);
		await endMessages(store, '2026-11-26', NOW);
		await queueMessages(store, [{ ...entry, expiresOn: '2026-11-27' }], 'policy', NOW);
		expect(await take()).toMatchObject([{ id }]);
	});

	it('records nothing for a message that somebody has settled as uncertain meanwhile', async () => {
		await queueMessages(store, await drafts(1), 'policy', NOW);
		const [{ id }] = await take();
		await markUncertain(store, plusMinutes(NOW, 2));
		await recordSending(store.db, [{ id, to: 'failed', why: 'SMTP_550' }], plusMinutes(NOW, 3));
		expect((await messageStates(store, [id])).get(id)).toBe('uncertain');
	});
});
