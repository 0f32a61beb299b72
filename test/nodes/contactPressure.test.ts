import { ConsentCheck } from '../../nodes/ConsentCheck/ConsentCheck.node';
import { QueueForApproval } from '../../nodes/QueueForApproval/QueueForApproval.node';
import { SendMessage } from '../../nodes/SendMessage/SendMessage.node';
import type { CrmItem, ItemMessage, ItemOccasion } from '../../lib/domain/item';
import { approveMessages, rejectMessages } from '../../lib/store/approval';
import { messageDetail } from '../../lib/store/review';
import { saveShop } from '../../lib/store/shops';
import { runNode } from '../support/runNode';
import { setClock } from './support/clock';
import { openMailbox, type TestMailbox } from './support/mail';
import { items, NOW, openShop, TODAY, type TestShop } from './support/shop';

/* Caps, priorities and households, over several workflows: the nodes as they run in n8n, on a real database. */

let shop: TestShop;
let mailbox: TestMailbox;
beforeEach(async () => {
	shop = await openShop();
	mailbox = await openMailbox();
});
afterEach(async () => {
	await mailbox.end();
	await shop.close();
});

it('leaves by the clock of the customer too: at ten in Italy nobody in New York is written to', async () => {
	const strict = { sendOnWorkdays: '09:00-20:00', sendOnSaturdays: '10:00-19:00', sendOnHolidays: '' };
	await saveShop(shop.store.db, 'main', { policy: strict }, NOW);
	const [here] = await people(1);
	const [there] = await shop.customers(1, { consents: CONSENTS, timeZone: 'America/New_York' });
	const at = async (moment: string, ids: number[]) => {
		setClock(moment);
		const queued = await shop.queued(await shop.written(await shop.allowed(ids.map((id) => ({ ...recall(id), customer: { id, firstName: 'Giulia', lastName: 'Rossi' } }) as CrmItem))), 'policy');
		const credentials = { ...shop.credentials, opticalSmtpApi: mailbox.credential };
		return (await runNode(SendMessage, { credentials, items: queued })).map((output) => items(output).map(({ customer, decision, message }) => [customer.id, decision?.reason, (message as ItemMessage).state]));
	};
	expect(await at('2026-11-24T09:00:00.000Z', [here, there])).toEqual([[[here, 'ALLOW_CONSENT', 'sent']], [[there, 'QUIET_HOURS', 'approved']]]);
	// Three in the afternoon in Italy, nine in the morning there.
	const { not_before } = await shop.store.db.selectFrom('messages').select('not_before').where('state', '=', 'approved').executeTakeFirstOrThrow();
	expect(not_before?.slice(0, 13)).toBe('2026-11-24T14');
});

const CONSENTS = (['marketing', 'recall'] as const).map((purpose) => ({ channel: 'email' as const, purpose, status: 'granted' as const, capturedOn: '2023-02-03' }));
const people = async (count: number, value?: string) => await shop.customers(count, { consents: CONSENTS, ...(value && { contactPoints: [{ kind: 'email', value }] }) });
const campaign = (name: string, id: number, changes: Partial<ItemOccasion> = {}) =>
	({ customer: { id }, occasion: { kind: `campaign.${name}`, dueOn: TODAY, stage: 1, class: 'promotional', daysLate: 0, ...changes } }) as unknown as CrmItem;
const recall = (id: number) => campaign('', id, { kind: 'recall.vision', class: 'recall' });
const birthday = (id: number) => campaign('', id, { kind: 'birthday', class: 'relational', expiresOn: TODAY });

const check = async (...wanted: CrmItem[]) => (await runNode(ConsentCheck, { credentials: shop.credentials, items: wanted })).map(items);
const withText = (item: CrmItem): CrmItem => {
	const { class: messageClass } = item.occasion;
	const refusalUrl = `https://crm.example/r?t=${item.customer.id}`;
	const text = `Un saluto.\n\nOttica Prova, Via Roma 1, 50100 Firenze, ciao@ottica.example\n${refusalUrl}`;
	const message: ItemMessage = { channel: 'email', class: messageClass, language: 'it', templateId: 'x', templateVersion: 1, subject: 'Saluti', body: 'Un saluto.', text, refusalUrl };
	return { ...item, message };
};
const queue = async (wanted: CrmItem[], approval: 'staff' | 'policy' = 'staff') =>
	(await runNode(QueueForApproval, { credentials: shop.credentials, items: wanted.map(withText), parameters: { approval } })).map(items);
const planned = async (...wanted: CrmItem[]) => (await check(...wanted))[0];
const send = async () => (await runNode(SendMessage, { credentials: { ...shop.credentials, opticalSmtpApi: mailbox.credential }, items: [{}], parameters: { operation: 'sendApproved' } })).map(items);
const messageId = ({ message }: CrmItem) => message?.id as number;
const occasions = async () => await shop.store.db.selectFrom('occasions').select(['kind', 'state', 'outcome', 'reason', 'leased_until', 'claims']).orderBy('id').execute();

describe('the cap', () => {
	it('is one for all workflows: the second campaign of the week waits, and its occasion stays open', async () => {
		const [id] = await people(1);
		await queue(await planned(campaign('a', id)));
		const [allowed, blocked] = await check(campaign('b', id));
		expect(allowed).toEqual([]);
		expect(blocked[0].decision).toMatchObject({ outcome: 'defer', reason: 'FREQUENCY_CAP', rule: 'R23', retryAt: expect.stringMatching(/^2026-11-(29|28T23|30)/) });
		expect((await occasions())[1]).toEqual({ kind: 'campaign.b', state: 'leased', outcome: 'deferred', reason: 'FREQUENCY_CAP', leased_until: blocked[0].decision?.retryAt, claims: 0 });
	});

	it('is taken when the message is queued: of two that were allowed at the same time one waits', async () => {
		const ids = await people(4);
		const [one, two] = [await planned(...ids.map((id) => campaign('a', id))), await planned(...ids.map((id) => campaign('b', id)))];
		expect([one.length, two.length]).toEqual([4, 4]);
		const answers = await Promise.all([queue(one), queue(two)]);
		const queued = answers.flatMap(([stored]) => stored.map(({ customer }) => customer.id));
		const held = answers.flatMap(([, back]) => back);
		expect(queued.sort((a, b) => a - b)).toEqual(ids);
		expect(held.map(({ customer }) => customer.id).sort((a, b) => a - b)).toEqual(ids);
		for (const { decision } of held) expect(decision).toMatchObject({ outcome: 'defer', reason: 'FREQUENCY_CAP', id: expect.any(Number) });
		const recorded = await shop.store.db.selectFrom('decisions').select('reason').where('outcome', '=', 'defer').execute();
		expect(recorded).toHaveLength(4);
		expect((await occasions()).filter(({ outcome }) => outcome === 'deferred')).toHaveLength(4);
	});

	it('holds within one batch too, and the more important message takes the place', async () => {
		const [id] = await people(1);
		const [one, two] = await planned(campaign('a', id), birthday(id));
		const [queued, held] = await queue([one, two]);
		expect([queued, held].map((list) => list.map(({ occasion }) => occasion.kind))).toEqual([['birthday'], ['campaign.a']]);
	});

	it('is given back when the message is not sent', async () => {
		const [id] = await people(1);
		const [[stored]] = await queue(await planned(campaign('a', id)));
		const { contentHash } = (await messageDetail(shop.store, messageId(stored)))!;
		await rejectMessages(shop.store, [{ id: messageId(stored), contentHash }], 'chiara', 'other', NOW);
		expect((await check(campaign('b', id)))[0]).toHaveLength(1);
	});

	it('counts the day on which a message left, by the calendar of the shop', async () => {
		const [id] = await people(1);
		await queue(await planned(campaign('a', id)), 'policy');
		setClock('2026-11-24T10:00:00.000Z');
		expect((await send())[0]).toHaveLength(1);
		expect(await shop.store.db.selectFrom('messages').select(['state', 'sent_on']).execute()).toEqual([{ state: 'sent', sent_on: '2026-11-24' }]);
		setClock('2026-11-30T22:59:00.000Z');
		expect((await check(campaign('b', id)))[1][0].decision).toMatchObject({ reason: 'FREQUENCY_CAP', tried: [{ facts: { freeOn: '2026-12-01' } }] });
		setClock('2026-11-30T23:00:00.000Z');
		expect((await check(campaign('c', id)))[0]).toHaveLength(1);
	});

	it('lets a rehearsal go from day to day', async () => {
		const [id] = await people(1);
		const rehearse = async (rehearsalDate: string) => await saveShop(shop.store.db, 'main', { rehearsalDate }, NOW);
		await rehearse('2030-05-01');
		await queue(await planned(campaign('a', id)), 'policy');
		await send();
		await rehearse('2030-05-07');
		expect((await check(campaign('b', id)))[0]).toEqual([]);
		await rehearse('2030-05-08');
		expect((await check(campaign('c', id)))[0]).toHaveLength(1);
	});
});

describe('priority', () => {
	it('the less important of two approved messages waits for another day', async () => {
		const [id] = await people(1);
		await queue(await planned(campaign('a', id)), 'policy');
		await queue(await planned(recall(id)), 'policy');
		const [sent, notSent] = await send();
		expect(sent.map(({ message }) => message?.id)).toEqual([2]);
		expect(notSent.map(({ message }) => message)).toMatchObject([{ id: 1, state: 'approved', reason: 'FREQUENCY_CAP' }]);
		const [first] = await shop.store.db.selectFrom('messages').select(['state', 'not_before', 'attempts']).orderBy('id').execute();
		expect(first).toMatchObject({ state: 'approved', attempts: 0, not_before: expect.stringMatching(/^2026-11-2[23]/) });
		setClock('2026-11-24T10:00:00.000Z');
		expect((await send())[0].map(({ message }) => message?.id)).toEqual([1]);
	});

	it('a greeting that cannot wait is dropped with its reason, never silently', async () => {
		const [id] = await people(1);
		await queue(await planned(recall(id)), 'policy');
		await send();
		const [, [blocked]] = await check(birthday(id));
		expect(blocked.decision).toMatchObject({ outcome: 'defer', reason: 'FREQUENCY_CAP', rule: 'R24' });
		expect((await occasions())[1]).toMatchObject({ kind: 'birthday', state: 'settled', outcome: 'dropped', reason: 'FREQUENCY_CAP', leased_until: null });
	});
});

describe('a household', () => {
	it('gets one message of a kind where the members share the address, in one batch and later', async () => {
		const ids = await people(3, 'famiglia@posta.example');
		const [alone] = await people(1);
		const [queued, held] = await queue(await planned(recall(ids[0]), recall(ids[1]), recall(alone)), 'policy');
		expect(queued.map(({ customer }) => customer.id)).toEqual([ids[0], alone]);
		expect(held).toMatchObject([{ customer: { id: ids[1] }, decision: { outcome: 'defer', rule: 'R25b' } }]);
		await send();
		const [, blocked] = await check(recall(ids[2]));
		expect(blocked).toMatchObject([{ decision: { outcome: 'block', reason: 'DUPLICATE', rule: 'R25a' } }]);
	});

	it('two birthdays on two days are two greetings', async () => {
		const ids = await people(2, 'famiglia@posta.example');
		await queue(await planned(birthday(ids[0])), 'policy');
		expect(await planned({ ...birthday(ids[1]), occasion: { ...birthday(ids[1]).occasion, dueOn: '2026-11-23' } })).toHaveLength(1);
		expect(await planned(birthday(ids[1]))).toEqual([]);
	});
});

it('contacts an occasion once: a second check of the same one is a duplicate, and leaves its message alone', async () => {
	const [id] = await people(1);
	await queue(await planned(recall(id)));
	const [, [again]] = await check(recall(id));
	expect(again.decision).toMatchObject({ outcome: 'block', reason: 'DUPLICATE', rule: 'R26' });
	expect(await occasions()).toMatchObject([{ state: 'settled', outcome: 'message' }]);
});

describe('at the moment of sending', () => {
	it('waits for the morning, each message for its own minute', async () => {
		await saveShop(shop.store.db, 'main', { policy: { sendOnWorkdays: '09:00-20:00', sendOnSaturdays: '10:00-19:00', sendOnHolidays: '' } }, NOW);
		const ids = await people(12);
		await queue(await planned(...ids.map(recall)), 'policy');
		const [sent, notSent] = await send();
		expect(sent).toEqual([]);
		expect(new Set(notSent.map(({ message }) => (message as unknown as { reason: string }).reason))).toEqual(new Set(['HOLIDAY']));
		const moments = (await shop.store.db.selectFrom('messages').select('not_before').execute()).map((row) => row.not_before as string);
		expect(new Set(moments).size).toBe(12);
		for (const moment of moments) expect(moment >= '2026-11-23T08:00:00.000Z' && moment < '2026-11-23T10:00:00.000Z').toBe(true);
		expect(await send()).toEqual([[], []]);
		setClock('2026-11-23T10:00:00.000Z');
		expect((await send())[0]).toHaveLength(12);
	});

	it('goes back to the staff when the consent is another one than the text was approved for', async () => {
		const [id] = await people(1);
		await queue(await planned(recall(id)), 'policy');
		const db = shop.store.db;
		await runNode((await import('../../nodes/OpticalCrm/OpticalCrm.node')).OpticalCrm, {
			credentials: shop.credentials,
			parameters: { resource: 'consent', operation: 'record', customer: { __rl: true, mode: 'id', value: id }, channel: 'email', purpose: 'recall', additionalFields: { evidence: 'scan 1', noticeVersion: '2024-01' } },
		});
		const [, notSent] = await send();
		expect(notSent.map(({ message }) => message)).toMatchObject([{ state: 'pending', reason: 'APPROVAL_STALE' }]);
		const { contentHash } = (await messageDetail(shop.store, 1))!;
		await approveMessages(shop.store, [{ id: 1, contentHash }], 'chiara', TODAY, NOW);
		expect((await send())[0]).toHaveLength(1);
		expect((await db.selectFrom('decisions').select('moment').orderBy('id').execute()).map(({ moment }) => moment)).toEqual(['plan', 'send', 'send']);
	});
});
