import type { INodeParameters } from 'n8n-workflow';
import { saveEquipment } from '../../../lib/store/records/equipment';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { runNode, type NodeRun } from '../../support/runNode';
import { failure, items, NOW, openShop, TODAY, type TestShop } from '../support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const run = async (operation: string, parameters: INodeParameters, more: Partial<NodeRun> = {}) =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'customer', operation, ...parameters }, ...more }))[0];
const sells = async (...ids: number[]) => await saveEquipment(shop.store, ids.map((customerId) => ({ customerId, lensType: 'progressive' as const, amountCents: 40_000, orderedOn: '2026-03-02', deliveredOn: '2026-03-10' })), NOW);

describe('Get Segment', () => {
	it('first shows how many they are, and three of them with the facts that decide', async () => {
		const ids = await shop.customers(6);
		await sells(...ids.slice(0, 4));
		const [{ json }] = await run('getSegment', { segments: ['progressiveWearers'] }, { items: [{}, {}] });
		expect(json).toEqual({
			segments: ['progressiveWearers'], size: 4, customers: 6, share: 0.667, usesHealthData: true, today: TODAY,
			examples: ids.slice(0, 3).map((id) => ({ customer: expect.objectContaining({ id, firstName: 'Giulia', language: 'it', formality: 'lei' }), segments: { names: ['progressiveWearers'], usesHealthData: true, purchaseOn: '2026-03-02', facts: { progressiveInUse: true } } })),
		});
		expect(await shop.store.db.selectFrom('occasions').select('id').execute()).toEqual([]);
	});

	it('tells how the chance of a next purchase was reckoned', async () => {
		const [one] = await shop.customers(2);
		await sells(one);
		const [{ json }] = await run('getSegment', { segments: ['likelySoon', 'growing'], match: 'any' });
		expect(json).toMatchObject({ size: 1, usesHealthData: false, purchaseModel: { kind: 'interval', days: 730, buyers: 1 }, examples: [{ segments: { names: ['growing'], purchaseOn: '2026-03-02', profiling: true, facts: { aliveProbability: 1, lifecycle: 'growing' } } }] });
	});

	it('gives the customers as items', async () => {
		const ids = await shop.customers(3);
		await sells(...ids);
		const output = await run('getSegment', { segments: ['progressiveWearers'], output: 'customers', limit: 2 });
		const found = items(output);
		expect(found).toEqual(ids.slice(0, 2).map((id) => ({
			customer: expect.objectContaining({ id }), segments: { names: ['progressiveWearers'], usesHealthData: true, purchaseOn: '2026-03-02' },
		})));
		expect(await run('getSegment', { segments: ['progressiveWearers'], output: 'customers', returnAll: true })).toHaveLength(3);
	});

	it('says how to go on where nothing is chosen', async () => {
		expect(await failure(run('getSegment', {}))).toMatchObject({ message: expect.stringContaining('No segment is chosen'), description: expect.stringContaining('Own Rules') });
	});

	it('may be asked by a language model; the changes may not', async () => {
		await shop.customers(1);
		expect(await run('getSegment', { segments: ['prospects'] }, { asTool: true })).toMatchObject([{ json: { size: 1 } }]);
		expect((await failure(run('segmentChanges', { watch: 'a', segments: ['prospects'] }, { asTool: true }))).message).toContain('segmentChanges');
	});
});

describe('Get Segment Changes', () => {
	const parameters = { watch: 'progressive', segments: ['progressiveWearers'] };

	it('gives nobody at first, then who has come in, as an occasion in the ledger', async () => {
		const [one, two] = await shop.customers(2);
		await sells(one);
		expect(await run('segmentChanges', parameters)).toEqual([]);
		await sells(two);
		const [{ json, pairedItem }] = await run('segmentChanges', { ...parameters, class: 'relational', options: { validDays: 7 } }, { items: [{}, {}] });
		expect(json).toEqual({
			customer: expect.objectContaining({ id: two, language: 'it' }), segments: { names: ['progressive'], usesHealthData: true, purchaseOn: '2026-03-02' },
			occasion: { id: expect.any(Number), kind: 'campaign.progressive', dueOn: TODAY, stage: 1, class: 'relational', daysLate: 0, expiresOn: '2026-11-29' },
		});
		expect(json.customer).not.toHaveProperty('birthDate');
		expect(pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(await shop.store.db.selectFrom('occasions').select(['customer_id', 'kind', 'state', 'claims']).execute()).toEqual([{ customer_id: two, kind: 'campaign.progressive', state: 'leased', claims: 1 }]);
		expect(await run('segmentChanges', parameters)).toEqual([]);
	});

	it('asks for a name that can be used', async () => {
		expect(await failure(run('segmentChanges', { segments: ['best'], watch: 'Über' }))).toMatchObject({ message: expect.stringContaining('Name of the Watch') });
	});
});
