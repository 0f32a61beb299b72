import { QueueForApproval } from '../../nodes/QueueForApproval/QueueForApproval.node';
import type { CrmItem, ItemMessage } from '../../lib/domain/item';
import { approveMessages } from '../../lib/store/approval';
import { messageHistory } from '../../lib/store/messageHistory';
import { messageDetail, messagesInState } from '../../lib/store/review';
import { runNode, type NodeRun } from '../support/runNode';
import { countStatements } from '../support/store';
import { failure, items, NOW, openShop, TODAY, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const queue = async (run: NodeRun) => await runNode(QueueForApproval, { credentials: shop.credentials, ...run });
const pending = async () => (await messagesInState(shop.store, 'pending', { today: TODAY, limit: 1, offset: 0 })).total;

it('stores the text for the staff, and leaves its id and state in the item', async () => {
	await shop.customers(1);
	const [item] = await shop.written();
	const [[{ json, pairedItem }]] = await queue({ items: [{ ...item, segments: ['gold'] }] });
	const { id } = json.message as { id: number };
	expect(json).toEqual({
		...item,
		segments: ['gold'],
		message: { id, state: 'pending', duplicate: false, channel: 'email', class: 'relational', templateId: 'birthday', templateVersion: 1 },
	});
	expect(pairedItem).toEqual({ item: 0 });
	const { subject, body, text, html, refusalUrl } = item.message as ItemMessage;
	expect(await messageDetail(shop.store, id)).toMatchObject({ subject, body, text, html, refusalUrl, state: 'pending', expiresOn: TODAY, recipient: expect.stringContaining('@') });
	expect(await messageHistory(shop.store.db, shop.store.shop.id, id)).toMatchObject([{ to: 'pending', who: 'workflow' }]);
});

it('approves by policy where the workflow says so', async () => {
	await shop.customers(1);
	const [{ message }] = await shop.queued(undefined, 'policy');
	expect(message).toMatchObject({ state: 'approved' });
	expect(await messageHistory(shop.store.db, shop.store.shop.id, message?.id as number)).toMatchObject([{ to: 'approved', who: 'policy' }]);
});

it('stores each occasion once: run twice, run at the same time, or twice in one input', async () => {
	await shop.customers(20);
	const written = await shop.written();
	const answers = await Promise.all([queue({ items: written }), queue({ items: written }), queue({ items: [...written, ...written] })]);
	const messages = answers.flatMap(([output]) => items(output).map(({ message }) => message as { id: number; duplicate: boolean }));
	expect(messages).toHaveLength(80);
	expect(messages.filter(({ duplicate }) => !duplicate)).toHaveLength(20);
	expect(new Set(messages.map(({ id }) => id)).size).toBe(20);
	expect(await pending()).toBe(20);
});

it('leaves alone what the staff have decided meanwhile', async () => {
	await shop.customers(1);
	const written = await shop.written();
	const [{ message }] = await shop.queued(written);
	const { contentHash } = (await messageDetail(shop.store, message?.id as number)) as { contentHash: string };
	await approveMessages(shop.store, [{ id: message?.id as number, contentHash }], 'chiara', TODAY, NOW);
	const [again] = await shop.queued(written);
	expect(again.message).toMatchObject({ id: message?.id, state: 'approved', duplicate: true });
});

describe('an item that cannot be stored', () => {
	type Wrong = [string, (item: CrmItem, other: CrmItem) => object, RegExp, RegExp];
	const wrong: Wrong[] = [
		['has no text', ({ message, ...item }) => item, /message\.channel is missing/, /Personalize Message before this node/],
		['was queued already', (item) => ({ ...item, message: { id: 1, channel: 'email', templateId: 'birthday' } }), /message\.body is missing/, /Personalize Message/],
		['was blocked', (item) => ({ ...item, decision: { ...item.decision, outcome: 'block', reason: 'MINOR' } }), /was not allowed \(MINOR\)/, /output Allowed/],
		['has an address that is gone', (item) => ({ ...item, decision: { ...item.decision, contactPointId: 4711 } }), /contact point 4711/, /Consent Check again/],
		['has the address of somebody else', (item, other) => ({ ...item, decision: other.decision }), /contact point/, /Consent Check again/],
		['has a day that is none', (item) => ({ ...item, occasion: { ...item.occasion, dueOn: '22.11.2026' } }), /occasion\.dueOn is no calendar day/, /YYYY-MM-DD/],
		['is about somebody unknown', (item) => ({ ...item, customer: { ...item.customer, id: 4711 } }), /no customer 4711/, /same credential/],
	];

	it.each(wrong)('%s: says which item and how to mend it', async (_, spoil, message, howToGoOn) => {
		await shop.customers(2);
		const [first, second] = await shop.written();
		const error = await failure(queue({ items: [first, spoil(second, first)] }));
		expect(error).toEqual({ message: expect.stringMatching(message), description: expect.stringMatching(howToGoOn), item: 1 });
		expect(error.message).toMatch(/^Item 1: /);
	});

	it.each(wrong)('%s: the others go on', async (_, spoil, message) => {
		await shop.customers(2);
		const [first, second] = await shop.written();
		const [output] = await queue({ items: [spoil(first, second), second], goesOn: true });
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 0 }]);
		expect(output[0].json.message).toMatchObject({ state: 'pending', duplicate: false });
		expect(output[1].json.error).toMatchObject({ message: expect.stringMatching(message) });
		expect(await pending()).toBe(1);
	});
});

it('does without a decision that is of another store, rather than without the message', async () => {
	await shop.customers(1);
	const [item] = await shop.written();
	const [{ message }] = await shop.queued([{ ...item, decision: { ...(item.decision as NonNullable<CrmItem['decision']>), id: 4711 } }]);
	expect(message).toMatchObject({ state: 'pending' });
	expect(await shop.store.db.selectFrom('messages').select('decision_id').execute()).toEqual([{ decision_id: null }]);
});

it('sends as many statements for five hundred items as for five', async () => {
	const statements = async (count: number) => {
		await shop.customers(count);
		const written = await shop.written();
		expect(written).toHaveLength(count);
		return await countStatements(async () => await queue({ items: written }));
	};
	expect(await statements(5)).toBe(await statements(500));
});
