import { BirthdayDueTrigger } from '../../nodes/BirthdayDueTrigger/BirthdayDueTrigger.node';
import { ConsentCheck } from '../../nodes/ConsentCheck/ConsentCheck.node';
import { now } from '../../nodes/shared/clock';
import { sendMessages } from '../../nodes/shared/sendMessages';
import type { ItemMessage } from '../../lib/domain/item';
import { saveShop } from '../../lib/store/shops';
import { pollNode, runNode, type NodeRun } from '../support/runNode';
import { countStatements } from '../support/store';
import { setClock } from './support/clock';
import { failure, items, openShop, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const poll = async (run: NodeRun = {}) => items(await pollNode(BirthdayDueTrigger, { credentials: shop.credentials, ...run }));

it('emits who has a birthday today, with the least that the next nodes need', async () => {
	const [id] = await shop.customers(1, { code: 'C7', firstName: 'Giulia', lastName: 'Conti', title: 'Dott.ssa', sex: 'F' });
	await shop.customers(1, { birthDate: '1980-11-30' });
	const [item, ...others] = await poll();
	expect(others).toEqual([]);
	expect(item).toEqual({
		customer: { id, code: 'C7', firstName: 'Giulia', lastName: 'Conti', title: 'Dott.ssa', sex: 'F', language: 'it', formality: 'lei' },
		occasion: {
			id: expect.any(Number), kind: 'birthday', dueOn: '2026-11-22', stage: 1, class: 'relational', daysLate: 0, turns: 46, expiresOn: '2026-11-22',
		},
	});
	// Addresses and birth dates stay in the store.
	expect(JSON.stringify(item)).not.toMatch(/@|1980/);
});

it('emits each birthday once, also when two polls run at the same time', async () => {
	await shop.customers(30);
	const polls = await Promise.all([poll(), poll(), poll()]);
	expect(polls.flat()).toHaveLength(30);
	expect(await poll()).toEqual([]);
});

it('shows who would come to "Fetch Test Event", and claims nobody', async () => {
	await shop.customers(15);
	expect(await poll({ mode: 'manual' })).toHaveLength(10);
	expect(await poll()).toHaveLength(15);
});

it('greets late after days of downtime, within the window that is set', async () => {
	await shop.customers(1);
	setClock('2026-11-25T22:59:00.000Z');
	const [{ occasion }] = await poll({ mode: 'manual' });
	expect(occasion).toMatchObject({ dueOn: '2026-11-22', daysLate: 3 });
	setClock('2026-11-25T23:01:00.000Z');
	expect(await poll({ mode: 'manual' })).toMatchObject([{ sample: true }]);
	expect(await poll({ mode: 'manual', parameters: { belatedDays: 4 } })).toMatchObject([{ occasion: { daysLate: 4 } }]);
});

it('takes the options of its panel', async () => {
	await shop.customers(3);
	await shop.customers(1, { birthDate: '1980-12-01' });
	expect(await poll({ parameters: { options: { mostPerPoll: 2 } } })).toHaveLength(2);
	expect(await poll({ parameters: { options: { earlyDays: 9 } } })).toHaveLength(2);
	setClock('2027-02-28T08:00:00.000Z');
	await shop.customers(1, { birthDate: '1992-02-29' });
	expect(await poll({ parameters: { options: { leapDay: '03-01' } } })).toEqual([]);
	expect(await poll()).toHaveLength(1);
});

it('hands out again, three times at most, what the workflow never decided on', async () => {
	await shop.customers(1);
	const counts: number[] = [];
	for (const hour of ['08', '10', '12', '14', '16']) {
		setClock(`2026-11-22T${hour}:00:00.000Z`);
		counts.push((await poll()).length);
	}
	expect(counts).toEqual([1, 1, 1, 0, 0]);
	expect(await shop.store.db.selectFrom('occasions').select(['state', 'outcome', 'reason']).execute())
		.toEqual([{ state: 'settled', outcome: 'dropped', reason: 'DROPPED_BY_WORKFLOW' }]);
});

it('claims five hundred with as many statements as five', async () => {
	await shop.customers(5);
	const few = await countStatements(poll);
	await shop.customers(500);
	expect(await countStatements(poll)).toBe(few);
});

it('says what to do when the settings contradict each other, or the shop is not set up', async () => {
	expect(await failure(poll({ parameters: { belatedDays: -1 } }))).toMatchObject({
		message: expect.stringContaining('belatedDays is not a whole number of days from 0 to 60'),
		description: expect.stringContaining('Set belatedDays'),
	});
	const credentials = { opticalCrmStoreApi: { ...shop.credentials.opticalCrmStoreApi, shop: 'second' } };
	expect(await failure(poll({ credentials }))).toEqual({
		message: 'The store has no shop "second"',
		description: expect.stringContaining('Shop > Create or Update'),
	});
});

describe('days ahead', () => {
	const ahead = async () => await poll({ parameters: { options: { earlyDays: 6 } } });
	const left = async (channel: 'email' | 'letter') => {
		const sender = { send: async () => ({ outcome: 'sent' as const, providerId: 'p' }), close: async () => undefined };
		return (await sendMessages(shop.store, channel, sender, { most: 10, parallel: 10, leaseMinutes: 2 }, now)).messages.map(({ to }) => to);
	};

	it('a message waits for the birthday, with the text of that day', async () => {
		await shop.customers(1, { birthDate: '1980-11-27', consents: [{ channel: 'email', purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }] });
		const due = await ahead();
		expect(due).toMatchObject([{ occasion: { dueOn: '2026-11-27', daysLate: -5, leavesOn: '2026-11-27', expiresOn: '2026-11-27' } }]);
		const [written] = await shop.written(await shop.allowed(due));
		expect((written.message as ItemMessage).text).toContain('oggi è il suo compleanno');
		await shop.queued([written], 'policy');
		for (const [moment, ...outcomes] of [['2026-11-23T10:00:00.000Z'], ['2026-11-26T22:59:00.000Z'], ['2026-11-27T10:00:00.000Z', 'sent']]) {
			setClock(moment);
			expect(await left('email')).toEqual(outcomes);
		}
	});

	it('a letter leaves as soon as it is approved', async () => {
		const address = { street: 'Via Roma 1', postalCode: '10100', town: 'Torino', country: 'IT' };
		await shop.customers(1, { birthDate: '1980-11-27', contactPoints: [{ kind: 'address', value: JSON.stringify(address) }], consents: [{ channel: 'letter', purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }] });
		const due = await ahead();
		const [checked] = items((await runNode(ConsentCheck, { credentials: shop.credentials, items: due, parameters: { channels: ['letter', 'email'] } }))[0]);
		expect(checked.decision).toMatchObject({ outcome: 'allow', channel: 'letter' });
		const text = 'Auguri.\nOttica Prova';
		const message: ItemMessage = { channel: 'letter', class: 'relational', language: 'it', templateId: 'birthday', templateVersion: 1, body: text, text };
		await shop.queued([{ ...checked, message }], 'policy');
		expect(await shop.store.db.selectFrom('messages').select(['channel', 'not_before', 'expires_on']).execute()).toEqual([{ channel: 'letter', not_before: null, expires_on: '2026-11-27' }]);
	});

	it('on the day the rehearsed day of a shop leads, and the message waits as long', async () => {
		await saveShop(shop.store.db, shop.store.shop.code, { rehearsalDate: '2027-03-01' }, now());
		await shop.customers(1, { birthDate: '1980-03-04', consents: [{ channel: 'email', purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }] });
		await shop.queued(await shop.written(await shop.allowed(await ahead())), 'policy');
		expect(await shop.store.db.selectFrom('messages').select(['not_before', 'expires_on']).execute()).toEqual([{ not_before: '2026-11-24T23:00:00.000Z', expires_on: '2027-03-04' }]);
	});
});

it('shows a made-up example while nobody is due, which no store knows', async () => {
	const [item, ...others] = await poll({ mode: 'manual' });
	expect(others).toEqual([]);
	expect(item).toMatchObject({ sample: true, customer: { id: 0, firstName: 'Giulia', language: 'it' }, occasion: { id: 0, kind: 'birthday', dueOn: '2026-11-22', class: 'relational', daysLate: 0, turns: 50, expiresOn: '2026-11-25' } });
	expect(await poll()).toEqual([]);
	await shop.customers(1);
	expect(await failure(shop.allowed([item]))).toMatchObject({ message: expect.stringContaining('made-up example'), item: 0 });
	expect(await poll({ mode: 'manual' })).toMatchObject([{ customer: { id: expect.any(Number) } }]);
	expect(Object.keys((await poll({ mode: 'manual' }))[0].occasion).sort()).toEqual(expect.arrayContaining(Object.keys(item.occasion).filter((key) => key !== 'id').sort()));
});
