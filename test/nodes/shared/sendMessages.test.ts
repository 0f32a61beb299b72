import type { Channel, Delivery, Outgoing } from '../../../lib/channels/channel';
import type { CrmItem } from '../../../lib/domain/item';
import { plusMinutes, type Instant } from '../../../lib/domain/time';
import { listAlerts } from '../../../lib/store/alerts';
import { consentHistory } from '../../../lib/store/consents';
import { messageHistory } from '../../../lib/store/messageHistory';
import { recentContacts } from '../../../lib/store/contacts';
import { onStatement, openStore } from '../../../lib/store/open';
import { saveShop } from '../../../lib/store/shops';
import { verifyConsents } from '../../../lib/store/verifyConsents';
import { sendMessages, type SendSettings } from '../../../nodes/shared/sendMessages';
import { approved as storedMessages } from '../../support/approved';
import { NOW, openShop, TODAY, type TestShop } from '../support/shop';

const SENDER = { name: 'test:account' };
const SETTINGS: SendSettings = { most: 500, parallel: 5, leaseMinutes: 2, sender: SENDER };

let shop: TestShop;
beforeEach(async () => (shop = await openShop()));
afterEach(async () => await shop.close());

/** A provider that answers as the test wants, and what it was asked. */
class Provider implements Channel {
	readonly asked: Array<Outgoing & { at: number }> = [];

	constructor(private readonly answer: (outgoing: Outgoing, place: number) => Delivery | Promise<Delivery> = ({ id }) => ({ outcome: 'sent', providerId: `P${id}` })) {}

	async send(outgoing: Outgoing): Promise<Delivery> {
		this.asked.push({ ...outgoing, at: performance.now() });
		return await this.answer(outgoing, this.asked.length - 1);
	}

	async close(): Promise<void> {}
}

const approved = async (count: number): Promise<CrmItem[]> => {
	await shop.customers(count);
	return await shop.queued(undefined, 'policy');
};
const run = async (provider: Channel, settings: Partial<SendSettings> = {}, now: Instant | (() => Instant) = NOW) =>
	await sendMessages(await openStore(shop.credentials.opticalCrmStoreApi), 'email', provider, { ...SETTINGS, ...settings }, typeof now === 'string' ? () => now : now);
const states = async () => (await shop.store.db.selectFrom('messages').select('state').orderBy('id').execute()).map(({ state }) => state);
const row = async () => await shop.store.db.selectFrom('messages').selectAll().orderBy('id').executeTakeFirstOrThrow();
const historyOf = async ({ message }: CrmItem) => (await messageHistory(shop.store.db, shop.store.shop.id, message?.id as number)).map(({ to, why }) => [to, why].filter(Boolean).join(' '));
/** A clock that goes on from NOW. */
const running = () => {
	const start = performance.now();
	return () => new Date(Date.parse(NOW) + performance.now() - start).toISOString();
};

it('whoever of a family goes first has the place, in the same batch too: what another gets there is not needed any more', async () => {
	const family = [1, 2].map(() => ({ contactPoints: [{ kind: 'email' as const, value: 'famiglia@posta.example' }] }));
	await storedMessages(shop.store, 'email', family, NOW, { kind: 'recall.vision', messageClass: 'recall' });
	const { messages } = await run(new Provider());
	expect(messages).toMatchObject([{ to: 'sent' }, { to: 'blocked', why: 'DUPLICATE' }]);
});

describe('what the provider says', () => {
	it('is kept with the message: who took it, under which id, and what it cost', async () => {
		await approved(1);
		await run(new Provider(() => ({ outcome: 'sent', providerId: 'SM1', cost: { mills: 42 } })));
		expect(await row()).toMatchObject({ state: 'sent', provider: 'test:account', provider_id: 'SM1', cost_mills: 42, staff_seconds: 0 });
	});

	it('that the customer refuses marketing here, is a withdrawal in the ledger', async () => {
		const [item] = await approved(1);
		await run(new Provider(() => ({ outcome: 'refused', code: '131050', retry: false, withdraw: true })));
		expect(await historyOf(item)).toEqual(['approved', 'sending', 'failed 131050']);
		const chain = (await consentHistory(shop.store, [item.customer.id])).get(item.customer.id) ?? [];
		expect(chain.at(-1)).toMatchObject({ channel: 'email', purpose: 'marketing', status: 'withdrawn', source: 'provider', capturedAt: NOW });
		expect(await verifyConsents(shop.store)).toMatchObject({ broken: [] });
	});

	it('that the address will never work, is kept with the address', async () => {
		await approved(1);
		await run(new Provider(() => ({ outcome: 'refused', code: '550', retry: false, unreachable: true })));
		expect(await shop.store.db.selectFrom('contact_points').select('status').execute()).toEqual([{ status: 'bounced' }]);
	});

	it('about when to try again, is longer than our own wait or does not count', async () => {
		await approved(1);
		await run(new Provider(() => ({ outcome: 'refused', code: '131049', retry: true, afterMinutes: 1440 })));
		expect(await row()).toMatchObject({ state: 'approved', not_before: plusMinutes(NOW, 1440), attempts: 1 });
	});

	it('is nothing where the adapter itself breaks: then nobody knows, and the others go on', async () => {
		const [first] = await approved(3);
		const { messages } = await run(new Provider(({ id }, place) => {
			if (place === 0) throw new Error('a bug');
			return { outcome: 'sent', providerId: `P${id}` };
		}));
		expect(messages.map(({ to }) => to)).toEqual(expect.arrayContaining(['uncertain', 'sent', 'sent']));
		expect(await historyOf(first)).toEqual(['approved', 'sending', 'uncertain CHANNEL_ERROR']);
	});
});

describe('a sender that fails', () => {
	const alert = (): Delivery => ({ outcome: 'down', code: 'BAD_KEY', alert: true });

	it('is left alone, a person is told, one message tries later, and it goes on by itself', async () => {
		await approved(8);
		const broken = new Provider(alert);
		expect(await run(broken, { parallel: 2 })).toMatchObject({ stopped: 'BAD_KEY' });
		expect(broken.asked).toHaveLength(2);
		expect(await listAlerts(shop.store, NOW)).toMatchObject([{ kind: 'circuit', subject: 'test:account', code: 'BAD_KEY', since: NOW }]);

		const untouched = new Provider();
		expect(await run(untouched, {}, plusMinutes(NOW, 0.5))).toEqual({ messages: [], stopped: 'CIRCUIT_OPEN' });
		expect(untouched.asked).toEqual([]);

		const stillBroken = new Provider(alert);
		await Promise.all([run(stillBroken, {}, plusMinutes(NOW, 1)), run(stillBroken, {}, plusMinutes(NOW, 1))]);
		expect(stillBroken.asked).toHaveLength(1);
		expect(await run(untouched, {}, plusMinutes(NOW, 2.9))).toMatchObject({ stopped: 'CIRCUIT_OPEN' });

		const mended = new Provider();
		await run(mended, {}, plusMinutes(NOW, 20));
		expect(mended.asked).toHaveLength(8);
		expect(await listAlerts(shop.store, NOW)).toMatchObject([{ until: plusMinutes(NOW, 20) }]);
		expect(new Set(await states())).toEqual(new Set(['sent']));
	});

	it('opens after three outcomes that nobody knows, so that no more become uncertain', async () => {
		await approved(8);
		const dead = new Provider(() => ({ outcome: 'unknown', code: 'ETIMEDOUT' }));
		expect(await run(dead, { parallel: 1 })).toMatchObject({ stopped: 'CIRCUIT_OPEN' });
		expect((await states()).filter((state) => state === 'uncertain')).toHaveLength(3);
	});

	it('costs no message an attempt', async () => {
		await approved(1);
		for (const minutes of [0, 10, 20, 40, 80]) await run(new Provider(alert), {}, plusMinutes(NOW, minutes));
		expect(await row()).toMatchObject({ state: 'approved', attempts: 0 });
		await run(new Provider(() => ({ outcome: 'refused', code: '450', retry: true })), {}, plusMinutes(NOW, 200));
		expect(await row()).toMatchObject({ state: 'approved', attempts: 1 });
	});

	it('holds up no other sender', async () => {
		await approved(2);
		await run(new Provider(alert), { parallel: 1 });
		const other = new Provider();
		await run(other, { sender: { name: 'test:other' } }, plusMinutes(NOW, 6));
		expect(other.asked).toHaveLength(2);
	});
});

describe('the pace of a sender', () => {
	it('holds over all who send: no day has more than its limit', async () => {
		await approved(12);
		const provider = new Provider();
		const limited = { sender: { ...SENDER, limits: { perSecond: 0, perMinute: 0, perDay: 7 } }, parallel: 2 };
		const runs = await Promise.all([run(provider, limited), run(provider, limited), run(provider, limited)]);
		expect(provider.asked).toHaveLength(7);
		expect(runs.map(({ stopped }) => stopped)).toEqual(['DAY_LIMIT', 'DAY_LIMIT', 'DAY_LIMIT']);
		expect((await states()).filter((state) => state === 'approved')).toHaveLength(5);
	});

	it('holds over all who send: no second has more than its limit', async () => {
		await approved(24);
		const provider = new Provider();
		const limited = { sender: { ...SENDER, limits: { perSecond: 20, perMinute: 0, perDay: 0 } }, parallel: 4 };
		const clock = running();
		await Promise.all([run(provider, limited, clock), run(provider, limited, clock)]);
		const times = provider.asked.map(({ at }) => at).sort((one, other) => one - other);
		expect(times).toHaveLength(24);
		// Timers are late now and then, never early: a late one stands nearer to the next. Without the pace all would go in a tenth of a second.
		expect((times.at(-1) as number) - times[0]).toBeGreaterThanOrEqual(900);
	}, 20_000);

	it('ends a run at once where others have all turns, and the messages stay approved', async () => {
		await approved(6);
		const slow = { sender: { ...SENDER, limits: { perSecond: 0, perMinute: 6, perDay: 0 } }, parallel: 1, most: 1 };
		for (let round = 0; round < 2; round++) expect(await run(new Provider(), slow, plusMinutes(NOW, -0.16 * (1 - round)))).toMatchObject({ messages: [{ to: 'sent' }] });
		expect(await run(new Provider(), slow)).toEqual({ messages: [], stopped: 'RATE_LIMIT' });
		expect((await states()).filter((state) => state === 'approved')).toHaveLength(4);
	}, 20_000);
});

describe('many at once', () => {
	it('each message goes once, and no more are asked of the provider than were allowed', async () => {
		await approved(60);
		let [most, calls, mostCalls] = [0, 0, 0];
		const provider = new Provider(async ({ id }) => {
			const onWay = await shop.store.db.selectFrom('messages').select(({ fn }) => fn.countAll<number>().as('count')).where('state', '=', 'sending').executeTakeFirstOrThrow();
			most = Math.max(most, onWay.count);
			mostCalls = Math.max(mostCalls, ++calls);
			const { state } = await shop.store.db.selectFrom('messages').select('state').where('id', '=', id).executeTakeFirstOrThrow();
			if (state !== 'sending') throw new Error('It was not committed before.');
			await new Promise((resolve) => setTimeout(resolve, 10));
			calls--;
			return { outcome: 'sent', providerId: `P${id}` };
		});
		const [one, other] = await Promise.all([run(provider, { parallel: 12 }), run(provider, { parallel: 12 })]);
		expect(provider.asked).toHaveLength(60);
		expect(new Set(provider.asked.map(({ id }) => id)).size).toBe(60);
		expect(one.messages.length + other.messages.length).toBe(60);
		expect(new Set(await states())).toEqual(new Set(['sent']));
		expect(mostCalls).toBeLessThanOrEqual(24);
		// As many again are taken already.
		expect(most).toBeLessThanOrEqual(48);
	}, 20_000);

	it('one that is answered while the others are recorded, is recorded too', async () => {
		await approved(3);
		let [answered, release] = [0, () => undefined as void];
		const isRecording = new Promise<void>((resolve) => (release = resolve));
		const provider = new Provider(async ({ id }) => {
			if (++answered > 2) await isRecording;
			return { outcome: 'sent', providerId: `P${id}` };
		});
		const stop = onStatement((text) => answered === 3 && text.includes('update messages set state = result.state') && release());
		const { messages } = await run(provider);
		stop();
		expect(messages.map(({ to }) => to)).toEqual(['sent', 'sent', 'sent']);
		expect(await states()).toEqual(['sent', 'sent', 'sent']);
	});

	it('one that waited so long that its lease is nearly over is put back, and sent later', async () => {
		await approved(2);
		let now = NOW;
		const provider = new Provider(({ id }) => {
			// The machine stands still while the first is on its way.
			now = plusMinutes(NOW, 1);
			return { outcome: 'sent', providerId: `P${id}` };
		});
		const limits = { perSecond: 20, perMinute: 0, perDay: 0 };
		const { messages } = await run(provider, { sender: { ...SENDER, limits } }, () => now);
		expect(messages.map(({ to, why }) => `${to} ${why}`).sort()).toEqual(['approved RETRY_LATER', 'sent undefined']);
		await run(provider, {}, plusMinutes(NOW, 2));
		expect(provider.asked).toHaveLength(2);
		expect(await states()).toEqual(['sent', 'sent']);
	});

	it('a slow one does not keep the others from being recorded', async () => {
		await approved(4);
		let answer: (delivery: Delivery) => void = () => undefined;
		const provider = new Provider(({ id }, place) => (place === 0 ? new Promise<Delivery>((resolve) => (answer = resolve)) : { outcome: 'sent', providerId: `P${id}` }));
		const running = run(provider);
		await new Promise((resolve) => setTimeout(resolve, 1500));
		expect((await states()).sort()).toEqual(['sending', 'sent', 'sent', 'sent']);
		answer({ outcome: 'sent', providerId: 'late' });
		expect((await running).messages).toHaveLength(4);
	}, 20_000);
});

describe('a rehearsal', () => {
	const rehearse = async (rehearsal: object) => await saveShop(shop.store.db, 'main', { rehearsal }, NOW);

	it('that sends nothing asks nobody, and says so in the history', async () => {
		const [item] = await approved(1);
		await rehearse({ sendNothing: true, email: 'prova@ottica.example' });
		const provider = new Provider();
		expect(await run(provider)).toMatchObject({ messages: [{ to: 'sent', why: 'REHEARSAL', decision: { outcome: 'allow' } }] });
		expect(provider.asked).toEqual([]);
		expect(await historyOf(item)).toEqual(['approved', 'sending', 'sent REHEARSAL']);
		expect(await row()).toMatchObject({ provider: 'rehearsal', provider_id: null, cost_mills: 0 });
	});

	it('that has an address sends there and nowhere else, without the customer\'s own link', async () => {
		const [item] = await approved(1);
		const { refusal_url: link } = await row();
		await rehearse({ email: 'prova@ottica.example' });
		const provider = new Provider();
		await run(provider);
		expect(provider.asked).toMatchObject([{ recipient: 'prova@ottica.example' }]);
		expect(provider.asked[0]).not.toHaveProperty('refusalUrl');
		expect(JSON.stringify(provider.asked)).not.toContain(link);
		expect(provider.asked[0].text).toContain(item.customer.firstName);
		expect(await historyOf(item)).toEqual(['approved', 'sending', 'sent REHEARSAL']);
	});

	it('sends nothing on a channel that has no address', async () => {
		await approved(1);
		await rehearse({ phone: '+393331234567' });
		const provider = new Provider();
		await run(provider);
		expect(provider.asked).toEqual([]);
		expect(await states()).toEqual(['sent']);
	});

	it('counts for no cap, learns nothing about the customer, and leaves nothing that goes out later', async () => {
		const [refused, other] = await approved(2);
		await rehearse({ email: 'prova@ottica.example' });
		await run(new Provider((_, place) => (place === 0 ? { outcome: 'refused', code: '550', retry: true, withdraw: true, unreachable: true } : { outcome: 'unknown', code: 'ETIMEDOUT' })));
		expect(await states()).toEqual(['failed', 'failed']);
		expect(new Set((await shop.store.db.selectFrom('contact_points').select('status').execute()).map(({ status }) => status))).toEqual(new Set(['valid']));
		expect((await consentHistory(shop.store, [refused.customer.id])).get(refused.customer.id)).toHaveLength(1);
		const contacts = await recentContacts(shop.store, [refused.customer.id, other.customer.id], TODAY);
		expect([...contacts.values()]).toEqual([{ contacts: [], history: {} }, { contacts: [], history: {} }]);
		await rehearse({ email: '' });
		const provider = new Provider();
		await run(provider, {}, plusMinutes(NOW, 60));
		expect(provider.asked).toEqual([]);
	});

	it('checks the rules as in earnest', async () => {
		const [item] = await approved(1);
		await rehearse({ sendNothing: true });
		await shop.store.db.updateTable('contact_points').set({ status: 'bounced' }).execute();
		expect(await run(new Provider())).toMatchObject({ messages: [{ to: 'blocked', why: 'HARD_BOUNCE' }] });
		expect(await historyOf(item)).toEqual(['approved', 'blocked HARD_BOUNCE']);
	});
});
