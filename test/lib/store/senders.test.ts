import { sql } from 'kysely';
import { closeAlert, listAlerts, markAlertSeen, openAlert } from '../../../lib/store/alerts';
import { endMessages } from '../../../lib/store/endMessages';
import { eraseCustomers } from '../../../lib/store/erasing/eraseCustomers';
import { customerFacts } from '../../../lib/store/facts';
import { messageHistory } from '../../../lib/store/messageHistory';
import { queueMessages } from '../../../lib/store/messages';
import { listSenders, readSender, senderTurn, sendingTransaction, writeSender } from '../../../lib/store/senders';
import { recordSending, recordTaken, takeApproved, waitingMessages } from '../../../lib/store/sending';
import { occasionIds } from '../../../lib/store/settling';
import type { Store } from '../../../lib/store/open';
import { FRESH_SENDER } from '../../../lib/domain/sender';
import { plusMinutes } from '../../../lib/domain/time';
import { markUnreachable } from '../../../lib/store/unreachable';
import { customer, ON_POSTGRES, openTestStore, saved, type TestStore } from '../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const TODAY = '2026-11-22';
const SENDER = { name: 'smtp:shop', channel: 'email' as const };

let test: TestStore;
let store: Store;
beforeEach(async () => {
	test = await openTestStore();
	({ store } = test);
});
afterEach(async () => await test.close());

/** Approved messages, one for each new customer. */
async function approved(count: number): Promise<Array<{ id: number; customerId: number }>> {
	const ids = await saved(store, Array.from({ length: count }, () => customer()));
	const occasions = await occasionIds(store, ids.map((customerId) => ({ customerId, kind: 'birthday', dueOn: TODAY, stage: 1 })), NOW);
	const points = new Map((await store.db.selectFrom('contact_points').select(['id', 'customer_id']).execute()).map(({ id, customer_id }) => [customer_id, id]));
	const queued = await queueMessages(store, ids.map((customerId, index) => ({
		customerId, occasionId: occasions[index] as number, contactPointId: points.get(customerId) as number, expiresOn: '2026-11-25', contentHash: `h${customerId}`,
		message: { channel: 'email', class: 'relational', language: 'it', templateId: 'birthday', templateVersion: 1, subject: 'A', body: 'B', text: 'C' },
	})), 'policy', NOW);
	return queued.map(({ id }, index) => ({ id, customerId: ids[index] }));
}

const take = async (limit: number, after = 0): Promise<number[]> =>
	await sendingTransaction(store, async (transaction) => {
		const taken = await takeApproved(transaction, store, { channels: ['email'], limit, after, today: TODAY }, NOW);
		await recordTaken(transaction, taken.map(({ id }) => ({ id, to: 'sending', sendingUntil: plusMinutes(NOW, 2), provider: 'smtp:shop' })), NOW);
		return taken.map(({ id }) => id);
	});

describe('what is known of a sender', () => {
	it('is fresh at first, and kept as it was written, for each shop and name', async () => {
		expect(await readSender(store.db, store, 'smtp:shop')).toEqual(FRESH_SENDER);
		const state = { failures: 4, openings: 2, openUntil: plusMinutes(NOW, 2), code: 'SMTP_535', trying: true, nextAt: NOW, day: TODAY, dayCount: 17 };
		await writeSender(store.db, store, SENDER, state, NOW);
		expect(await readSender(store.db, store, 'smtp:shop')).toEqual(state);
		expect(await readSender(store.db, store, 'smtp:other')).toEqual(FRESH_SENDER);
		await writeSender(store.db, store, SENDER, { failures: 0, openings: 0, dayCount: 18 }, NOW);
		expect(await listSenders(store)).toEqual([{ ...SENDER, failures: 0, openings: 0, dayCount: 18, updatedAt: NOW }]);
	});

	it('is counted once by many at the same time', async () => {
		const addOne = async () =>
			await sendingTransaction(store, async (transaction) => {
				await senderTurn(transaction, store);
				const state = await readSender(transaction, store, 'smtp:shop');
				await new Promise((resolve) => setTimeout(resolve, 3));
				await writeSender(transaction, store, SENDER, { ...state, dayCount: state.dayCount + 1 }, NOW);
			});
		await Promise.all(Array.from({ length: 20 }, addOne));
		expect((await readSender(store.db, store, 'smtp:shop')).dayCount).toBe(20);
	});
});

describe('senders at the same time', () => {
	it('never take the same message, and together take all', async () => {
		const messages = await approved(60);
		const worker = async () => {
			const mine: number[] = [];
			for (let batch = await take(5); batch.length > 0; batch = await take(5)) mine.push(...batch);
			return mine;
		};
		const taken = (await Promise.all([1, 2, 3, 4].map(worker))).flat();
		expect(taken).toHaveLength(60);
		expect(new Set(taken)).toEqual(new Set(messages.map(({ id }) => id)));
	});

	it('tell in the store which of the messages are waiting, and for what', async () => {
		const [one, two] = await approved(2);
		await store.db.updateTable('messages').set({ not_before: plusMinutes(NOW, 5) }).where('id', '=', two.id).execute();
		expect(await waitingMessages(store, [one.id, two.id, 4711])).toEqual(new Map([
			[one.id, { state: 'approved', channel: 'email' }],
			[two.id, { state: 'approved', channel: 'email', notBefore: plusMinutes(NOW, 5) }],
		]));
	});

	it('let nothing go of which nobody would ever say that it did not arrive', async () => {
		const [{ id }] = await approved(1);
		await expect(store.db.transaction().execute(async (transaction) => await recordTaken(transaction, [{ id, to: 'sending' }], NOW))).rejects.toThrow('no end');
		expect(await take(1)).toEqual([id]);
	});

	it('keep who sent it and what it cost, while it may have left', async () => {
		await approved(2);
		const [sent, down] = await take(2);
		await recordSending(store.db, [{ id: sent, to: 'sent', providerId: 'P1', costMills: 80, staffSeconds: 60 }, { id: down, to: 'approved', why: 'DOWN', isNoAttempt: true }], NOW);
		expect(await store.db.selectFrom('messages').select(['id', 'provider', 'provider_id', 'cost_mills', 'staff_seconds', 'attempts']).orderBy('id').execute()).toEqual([
			{ id: sent, provider: 'smtp:shop', provider_id: 'P1', cost_mills: 80, staff_seconds: 60, attempts: 1 },
			{ id: down, provider: null, provider_id: null, cost_mills: null, staff_seconds: null, attempts: 0 },
		]);
	});

	if (!ON_POSTGRES) return;

	/** Somebody else is in a transaction until the returned function is called. */
	const during = async (work: (transaction: Store['db']) => Promise<unknown>, turn = true): Promise<() => Promise<void>> => {
		let end: () => void = () => undefined;
		const ended = new Promise<void>((resolve) => (end = resolve));
		let begun: () => void = () => undefined;
		const started = new Promise<void>((resolve) => (begun = resolve));
		const body = async (transaction: Store['db']) => {
			await work(transaction);
			begun();
			await ended;
		};
		const running = turn ? store.db.transaction().execute(body) : sendingTransaction(store, body);
		await started;
		return async () => {
			end();
			await running;
		};
	};

	it('do not wait for somebody who writes for long', async () => {
		await approved(3);
		const end = await during(async (transaction) => await sql`update customers set title = 'x'`.execute(transaction));
		expect(await take(10)).toHaveLength(3);
		expect(await endMessages(store, '2026-12-01', NOW)).toBe(0);
		await end();
	});

	it('leave out what somebody else is deciding about', async () => {
		const [held] = await approved(3);
		const end = await during(async (transaction) => await sql`select id from messages where id = ${held.id} for update`.execute(transaction));
		expect(await take(10)).toHaveLength(2);
		await end();
		expect(await take(10)).toEqual([held.id]);
	});

	it('are waited for by an erasure, which then refuses while a message is on its way', async () => {
		const [{ id, customerId }] = await approved(1);
		const end = await during(async (transaction) => {
			const taken = await takeApproved(transaction, store, { channels: ['email'], limit: 5, today: TODAY }, NOW);
			await recordTaken(transaction, taken.map((message) => ({ id: message.id, to: 'sending', sendingUntil: plusMinutes(NOW, 2) })), NOW);
		}, false);
		const erasing = eraseCustomers(store, [customerId], { reason: 'request', who: 'chiara' }, NOW).then(() => 'erased', (error) => error.message);
		await new Promise((resolve) => setTimeout(resolve, 100));
		await end();
		expect(await erasing).toMatch(/is being sent at this moment/);
		expect((await waitingMessages(store, [id])).get(id)).toMatchObject({ state: 'sending' });
	});
});

it('what has been taken since it was looked at does not expire', async () => {
	const [{ id }] = await approved(1);
	await take(1);
	expect(await endMessages(store, '2026-12-01', NOW)).toBe(0);
	expect((await messageHistory(store.db, store.shop.id, id)).map(({ to }) => to)).toEqual(['approved', 'sending']);
});

describe('an alert', () => {
	const CIRCUIT = { kind: 'circuit', subject: 'smtp:shop', code: 'SMTP_535' };

	it('is told once while it lasts, and again after it was over', async () => {
		await openAlert(store, CIRCUIT, NOW);
		await openAlert(store, { ...CIRCUIT, code: 'ECONNREFUSED' }, plusMinutes(NOW, 5));
		expect(await listAlerts(store, NOW)).toEqual([{ id: expect.any(Number), ...CIRCUIT, since: NOW }]);
		await closeAlert(store, CIRCUIT, plusMinutes(NOW, 10));
		await closeAlert(store, CIRCUIT, plusMinutes(NOW, 11));
		await openAlert(store, { ...CIRCUIT, code: 'ECONNREFUSED' }, plusMinutes(NOW, 20));
		expect(await listAlerts(store, NOW)).toMatchObject([{ code: 'ECONNREFUSED', since: plusMinutes(NOW, 20) }, { code: 'SMTP_535', until: plusMinutes(NOW, 10) }]);
		expect(await listAlerts(store, plusMinutes(NOW, 15))).toMatchObject([{ code: 'ECONNREFUSED' }]);
	});

	it('is seen by one', async () => {
		await openAlert(store, CIRCUIT, NOW);
		const [{ id }] = await listAlerts(store, NOW);
		expect(await markAlertSeen(store, id, 'chiara', NOW)).toBe(true);
		expect(await markAlertSeen(store, id, 'marco', NOW)).toBe(false);
		expect(await listAlerts(store, NOW)).toMatchObject([{ seenBy: 'chiara', seenAt: NOW }]);
	});
});

it('a number may not work on one channel and work on another; an e-mail address bounces', async () => {
	const [id] = await saved(store, [customer({ contactPoints: [{ kind: 'email', value: 'a@posta.example' }, { kind: 'phone', value: '+393331234567', line: 'mobile' }] })]);
	const points = async () => (await customerFacts(store, [id])).get(id)?.contactPoints.map(({ kind, status, unreachable }) => [kind, status, unreachable]);
	const [mail, phone] = (await customerFacts(store, [id])).get(id)?.contactPoints ?? [];
	expect(await points()).toEqual([['email', 'valid', undefined], ['phone', 'valid', undefined]]);
	await markUnreachable(store.db, store, [{ contactPointId: phone.id, channel: 'whatsapp' }]);
	await markUnreachable(store.db, store, [{ contactPointId: phone.id, channel: 'whatsapp' }]);
	expect(await points()).toEqual([['email', 'valid', undefined], ['phone', 'valid', ['whatsapp']]]);
	await markUnreachable(store.db, store, [{ contactPointId: phone.id, channel: 'sms' }, { contactPointId: mail.id, channel: 'email' }]);
	expect(await points()).toEqual([['email', 'bounced', undefined], ['phone', 'valid', ['whatsapp', 'sms']]]);
});
