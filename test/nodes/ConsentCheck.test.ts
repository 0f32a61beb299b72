import { ConsentCheck } from '../../nodes/ConsentCheck/ConsentCheck.node';
import type { CrmItem } from '../../lib/domain/item';
import { saveShop } from '../../lib/store/shops';
import { runNode, type NodeRun } from '../support/runNode';
import { countStatements, customer, saved } from '../support/store';
import { failure, items, NOW, openShop, TODAY, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const check = async (run: NodeRun) => await runNode(ConsentCheck, { credentials: shop.credentials, ...run });
const own = (id: unknown, changes: object = {}) => ({ customer: { id }, occasion: { kind: 'campaign.estate', dueOn: TODAY, stage: 1, class: 'promotional', ...changes } });

it('lets through who has agreed, and says with a reason code why not', async () => {
	const [yes] = await shop.customers(1);
	const [no] = await shop.customers(1, { consents: [] });
	const [nowhere] = await shop.customers(1, { contactPoints: [] });
	const [allowed, blocked] = await check({ items: await shop.due() });
	expect(items(allowed)).toMatchObject([{ customer: { id: yes }, decision: { outcome: 'allow', reason: 'ALLOW_CONSENT', channel: 'email', contactPointId: expect.any(Number) } }]);
	expect(items(blocked).map((item) => [item.customer.id, item.decision?.reason])).toEqual([[no, 'CONSENT_MISSING'], [nowhere, 'CONTACT_INVALID']]);
	expect(allowed[0].pairedItem).toEqual({ item: 0 });
	expect(blocked.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
});

it('records every decision, and settles the occasions that it blocks', async () => {
	await shop.customers(1);
	await shop.customers(1, { consents: [] });
	const [[{ json }]] = await check({ items: await shop.due() });
	const recorded = await shop.store.db.selectFrom('decisions').select(['id', 'outcome', 'reason', 'moment']).orderBy('id').execute();
	expect(recorded).toMatchObject([{ outcome: 'allow', moment: 'plan' }, { outcome: 'block', reason: 'CONSENT_MISSING' }]);
	expect((json as unknown as CrmItem).decision?.id).toBe(recorded[0].id);
	expect(await shop.store.db.selectFrom('occasions').select(['state', 'outcome', 'reason']).orderBy('id').execute()).toEqual([
		{ state: 'leased', outcome: null, reason: null },
		{ state: 'settled', outcome: 'blocked', reason: 'CONSENT_MISSING' },
	]);
});

it('keeps what it does not know, also a file', async () => {
	await shop.customers(1);
	const [due] = await shop.due();
	const binary = { photo: { data: 'AAAA', mimeType: 'image/png' } };
	const [[{ json, binary: kept }]] = await check({ input: [{ json: { ...due, segments: ['gold'], row: 7 } as never, binary }] });
	expect(json).toMatchObject({ ...due, segments: ['gold'], row: 7 });
	expect(kept).toEqual(binary);
});

it("enters a consultant's own occasion in the ledger, so that it is counted too", async () => {
	const [id] = await shop.customers(1);
	const [[{ json }]] = await check({ items: [own(id), own(id)] });
	expect(json).toMatchObject({ occasion: { id: expect.any(Number), kind: 'campaign.estate' } });
	expect(await shop.store.db.selectFrom('occasions').select('kind').execute()).toEqual([{ kind: 'campaign.estate' }]);
});

it('trusts the key of an occasion, not an id from elsewhere', async () => {
	const [one, two] = await shop.customers(2);
	const [first, second] = await shop.due();
	const [allowed] = await check({ items: [own(one, { ...second.occasion }), own(two, { ...second.occasion, id: 4711 })] });
	expect(items(allowed).map(({ occasion }) => occasion.id)).toEqual([first.occasion.id, second.occasion.id]);
});

describe('an item that cannot be checked', () => {
	const wrong: Array<[string, object, RegExp, RegExp]> = [
		['has no customer', { occasion: {} }, /^Item 1: customer\.id is missing/, /Due triggers.*Customer > Get/],
		['has no occasion', { customer: { id: 1 } }, /^Item 1: occasion\.kind is missing/, /occasion\.dueOn \(YYYY-MM-DD\)/],
		['has a day that is none', own(1, { dueOn: '22/11/2026' }), /Item 1: occasion\.dueOn is no calendar day/, /YYYY-MM-DD/],
		['has a last day that is none', own(1, { expiresOn: '2026-02-30' }), /Item 1: occasion\.expiresOn is no calendar day/, /YYYY-MM-DD/],
		['has a stage that is none', own(1, { stage: 'first' }), /Item 1: occasion\.stage/, /1 for the first contact/],
		['has a class that is none', own(1, { class: 'spam' }), /Item 1: .*class/, /service, relational, recall, promotional/],
		['has an id of text', own('1'), /Item 1: customer\.id is no whole number/, /toNumber/],
		['names nobody', own(4711), /Item 1: .*no customer 4711/, /same credential/],
	];

	it.each(wrong)('%s: says which item and how to mend it', async (_, item, message, howToGoOn) => {
		await shop.customers(1);
		const [due] = await shop.due();
		const error = await failure(check({ items: [due, item] }));
		expect(error).toEqual({ message: expect.stringMatching(message), description: expect.stringMatching(howToGoOn), item: 1 });
	});

	it.each(wrong)('%s: the others go on, it comes out as not allowed', async (_, item, message) => {
		await shop.customers(1);
		const [due] = await shop.due();
		const [allowed, blocked] = await check({ items: [due, item, due], goesOn: true });
		expect(allowed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(blocked).toHaveLength(1);
		expect(blocked[0]).toMatchObject({ json: { ...item, error: { message: expect.stringMatching(message) } }, pairedItem: { item: 1 } });
		expect(blocked[0].error?.constructor.name).toBe('NodeOperationError');
	});
});

it('says so when no channel is chosen', async () => {
	await shop.customers(1);
	const error = await failure(check({ items: await shop.due(), parameters: { channels: [] } }));
	expect(error).toMatchObject({ message: expect.stringContaining('No channel'), description: expect.stringContaining('email') });
});

it("does not see another shop's customers", async () => {
	const { opticalCrmStoreApi } = shop.credentials;
	await saveShop(shop.store.db, 'second', { name: 'Altra Ottica' }, NOW);
	const [id] = await shop.customers(1);
	const credentials = { opticalCrmStoreApi: { ...opticalCrmStoreApi, shop: 'second' } };
	expect((await failure(check({ items: [own(id)], credentials }))).message).toContain(`no customer ${id}`);
});

it('sends as many statements for five hundred items as for five', async () => {
	const statements = async (count: number) => {
		await saved(shop.store, Array.from({ length: count }, (_, index) => customer(index % 2 ? {} : { consents: [] })), NOW);
		const due = await shop.due();
		expect(due).toHaveLength(count);
		return await countStatements(async () => await check({ items: due }));
	};
	expect(await statements(5)).toBe(await statements(500));
	expect(await statements(500)).toBeLessThanOrEqual(6);
});

it('takes a list of customer ids, with class and kind from the panel', async () => {
	const [yes] = await shop.customers(1);
	const [no] = await shop.customers(1, { consents: [] });
	const options = { customerId: '={{ $json.number }}', kind: 'campaign.spring', class: 'promotional' };
	const outputs = await check({ items: [{ number: yes }, { number: String(no) }], parameters: { options } });
	expect(outputs.map((output) => items(output).map(({ customer, occasion, decision }) => [customer.id, customer.firstName, customer.formality, occasion.kind, occasion.dueOn, decision?.reason]))).toEqual([
		[[yes, 'Giulia', 'lei', 'campaign.spring', TODAY, 'ALLOW_CONSENT']], [[no, 'Giulia', 'lei', 'campaign.spring', TODAY, 'CONSENT_MISSING']],
	]);
	expect(await shop.written(items(outputs[0]).map((item) => ({ ...item, occasion: { ...item.occasion, kind: 'birthday', class: 'relational' }, decision: { ...item.decision, class: 'relational' } }) as CrmItem))).toHaveLength(1);
	// What an item has stays; an id that is none says so.
	const [due] = await shop.due();
	expect(items((await check({ items: [due], parameters: { options } }))[0])[0]).toMatchObject(due);
	expect(await failure(check({ items: [{ number: 'C12' }], parameters: { options } }))).toMatchObject({ message: expect.stringContaining('customer.id is no whole number') });
	expect(await failure(check({ items: [{ number: 4711 }], parameters: { options } }))).toMatchObject({ message: expect.stringContaining('no customer 4711') });
});

it('answers an empty input with empty outputs', async () => {
	expect(await check({ input: [] })).toEqual([[], []]);
});
