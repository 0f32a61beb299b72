import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { signRefusal } from '../../../lib/consent/refusalLink';
import { consentHistory } from '../../../lib/store/consents';
import { CustomerReplyTrigger } from '../../../nodes/CustomerReplyTrigger/CustomerReplyTrigger.node';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { callWebhook, runNode, type NodeRun } from '../../support/runNode';
import { countStatements } from '../../support/store';
import { failure, openShop, type TestShop } from '../support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const run = async (resource: string, operation: string, parameters: INodeParameters = {}, more: NodeRun = {}) =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource, operation, ...parameters }, ...more }))[0];
const json = async (...args: Parameters<typeof run>) => (await run(...args)).map((item) => item.json as IDataObject & { id: number });
const by = (id: number | string) => ({ customer: { __rl: true, mode: 'id', value: String(id) } });
const TWINS = { firstName: 'Anna', lastName: 'Conti', contactPoints: [{ kind: 'email' as const, value: 'anna@posta.example' }] };

describe('duplicates', () => {
	it('are found, merged by the items that were found, seen in the history and parted again', async () => {
		const ids = await shop.customers(2, TWINS);
		const pairs = await json('customer', 'findDuplicates');
		expect(pairs).toMatchObject([{ score: 100, evidence: ['SAME_NAME_AND_BIRTH_DATE', 'SAME_EMAIL_SIMILAR_NAME'], customers: [{ id: ids[0] }, { id: ids[1] }] }]);
		const merge = { keptId: '={{ $json.customers[0].id }}', mergedId: '={{ $json.customers[1].id }}', who: 'Chiara' };
		const [merged] = await json('customer', 'merge', merge, { items: pairs });
		expect(merged).toMatchObject({ keptId: ids[0], mergedId: ids[1] });
		expect(await json('customer', 'getAll')).toHaveLength(1);
		expect(await json('contactHistory', 'getAll', { ...by(ids[1]), filters: { types: ['merge'] } })).toMatchObject([{ customerId: ids[0], id: merged.mergeId, details: { mergedId: ids[1], who: 'Chiara' } }]);
		expect(await json('customer', 'undoMerge', { mergeId: '={{ $json.mergeId }}' }, { items: [merged] })).toEqual([{ mergeId: merged.mergeId, keptId: ids[0], mergedId: ids[1] }]);
		expect(await json('customer', 'getAll')).toHaveLength(2);
	});

	it('say which item names nobody, and go on with the others', async () => {
		const [keptId, mergedId] = await shop.customers(2, TWINS);
		const parameters = { keptId: '={{ $json.keptId }}', mergedId: '={{ $json.mergedId }}', who: 'Chiara' };
		const items = [{ keptId, mergedId: 'x' }, { keptId, mergedId }];
		expect(await failure(run('customer', 'merge', parameters, { items }))).toMatchObject({ message: 'Item 0: Merged Customer ID is no ID', item: 0 });
		expect(await json('customer', 'merge', parameters, { items, goesOn: true })).toMatchObject([{ error: {} }, { keptId, mergedId }]);
	});

	it('a refusal link of the merged customer stops the kept one', async () => {
		const [keptId, mergedId] = await shop.customers(2, TWINS);
		await json('customer', 'merge', { keptId: String(keptId), mergedId: String(mergedId), who: 'Chiara' });
		expect(await json('customer', 'get', by(mergedId))).toMatchObject([{ id: keptId }]);
		const claim = { shopCode: 'main', customerId: mergedId, contactPointId: 2, channel: 'email' as const, purpose: 'marketing' as const };
		const form = { token: signRefusal(claim, shop.credentials.opticalCrmStoreApi.secret), scope: 'all' };
		const { status, items } = await callWebhook(CustomerReplyTrigger, { credentials: shop.credentials }, { method: 'POST', form });
		expect([status, items]).toMatchObject([200, [{ json: { customer: { id: keptId } } }]]);
		expect((await consentHistory(shop.store, [keptId])).get(keptId)?.at(-1)).toMatchObject({ channel: 'any', status: 'withdrawn', source: 'refusal-link' });
	});
});

describe('households', () => {
	it('are built once, whatever the number of items, and listed with their members', async () => {
		const ids = await shop.customers(2, { contactPoints: [{ kind: 'phone', value: '+39055123456' }] });
		await shop.customers(1);
		expect(await json('household', 'build', {}, { items: [{}, {}] })).toEqual([{ households: 1, members: 2, changed: 2, created: 1, dissolved: 0 }]);
		const [household] = await json('household', 'getAll', { returnAll: true });
		expect((household.members as IDataObject[]).map(({ id }) => id)).toEqual(ids);
		expect(await json('household', 'getAll', { filters: { customerId: String(ids[1]) } })).toHaveLength(1);
		expect(await json('customer', 'getAll', { filters: { household: household.id } })).toHaveLength(2);
	});
});

describe('the contact history', () => {
	it('is one timeline, newest first, in pages', async () => {
		const [id] = await shop.customers(1);
		await shop.queued();
		const all = await json('contactHistory', 'getAll', { ...by(id), returnAll: true });
		expect(all.map(({ type }) => type)).toEqual(['messageState', 'message', 'decision', 'occasion', 'consent']);
		expect(all).toMatchObject([
			{ details: { to: 'pending', who: 'workflow' } },
			{ details: { channel: 'email', state: 'pending', body: expect.any(String) } },
			{ details: { outcome: 'allow', reason: 'ALLOW_CONSENT', tried: [{}] } },
			{ details: { kind: 'birthday', outcome: 'message' } },
			{ details: { status: 'granted', purpose: 'marketing' } },
		]);
		const page = async (limit: number, offset: number) => await json('contactHistory', 'getAll', { ...by(id), limit, filters: { offset } });
		expect([...(await page(2, 0)), ...(await page(9, 2))]).toEqual(all);
	});

	it('needs as many statements for many items as for one', async () => {
		const ids = await shop.customers(20);
		const of = (count: number) => async () => await run('contactHistory', 'getAll', by('={{ $json.id }}'), { items: ids.slice(0, count).map((id) => ({ id })) });
		expect(await countStatements(of(20))).toBe(await countStatements(of(1)));
		expect((await of(20)()).map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});
});

describe('the filters of Get Many', () => {
	it('find by month of birth, by what reaches them, by consent and by change', async () => {
		const [may] = await shop.customers(1, { birthDate: '1980-05-31', contactPoints: [{ kind: 'phone', value: '+393331234567', line: 'mobile' }], consents: [] });
		const [november] = await shop.customers(1);
		const [refused] = await shop.customers(1, { consents: [
			{ channel: 'email', purpose: 'marketing', status: 'granted', capturedOn: '2023-01-01' },
			{ channel: 'any', purpose: 'any', status: 'objected', capturedOn: '2024-01-01' },
		] });
		const ids = async (filters: INodeParameters) => (await json('customer', 'getAll', { filters })).map(({ id }) => id);
		expect(await ids({ birthMonth: 5 })).toEqual([may]);
		expect(await ids({ reachableBy: ['mobile'] })).toEqual([may]);
		expect(await ids({ reachableBy: ['email'] })).toEqual([november, refused]);
		expect(await ids({ consent: { given: { channel: 'email', purpose: 'marketing' } } })).toEqual([november]);
		expect(await ids({ changedSince: '2026-11-22T08:00:00.000Z' })).toEqual([may, november, refused]);
		expect(await ids({ changedSince: '2026-11-23T00:00:00+01:00' })).toEqual([]);
		expect(await failure(run('customer', 'getAll', { filters: { changedSince: 'yesterday' } }))).toMatchObject({ message: expect.stringContaining('Changed Since') });
	});
});
