import type { INodeParameters } from 'n8n-workflow';
import type { NewEquipment } from '../../lib/domain/records';
import { saveEquipment } from '../../lib/store/records/equipment';
import { ConsentCheck } from '../../nodes/ConsentCheck/ConsentCheck.node';
import { SegmentCustomers } from '../../nodes/SegmentCustomers/SegmentCustomers.node';
import { runNode, type NodeRun } from '../support/runNode';
import { countStatements } from '../support/store';
import { failure, items, NOW, openShop, TODAY, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const run = async (parameters: INodeParameters, given: Partial<NodeRun> = {}) => await runNode(SegmentCustomers, { credentials: shop.credentials, parameters, ...given });
const sells = async (customerId: number, ...sales: NewEquipment[]) => await saveEquipment(shop.store, sales.map((sale) => ({ customerId, orderedOn: '2026-03-02', deliveredOn: '2026-03-10', ...sale })), NOW);
const rules = (...conditions: Array<[left: string, operation: string, right: unknown, type?: string]>) => ({
	rules: {
		combinator: 'and', options: { version: 2, caseSensitive: false, leftValue: '', typeValidation: 'loose' },
		conditions: conditions.map(([leftValue, operation, rightValue, type = 'number'], index) => ({ id: String(index), leftValue, rightValue, operator: { type, operation } })),
	} as INodeParameters,
});
const idsOf = (output: Parameters<typeof items>[0]) => items(output).map(({ customer }) => customer.id);

it('parts those who are in a ready-made segment from the others, and keeps what it does not know', async () => {
	const [progressive, sun, nothing] = await shop.customers(3);
	await sells(progressive, { lensType: 'progressive' });
	await sells(sun, { lensType: 'sun' });
	const binary = { photo: { data: 'AAAA', mimeType: 'image/png' } };
	const input = [nothing, progressive, sun].map((id) => ({ json: { customer: { id }, row: 7 }, binary }));
	const [matched, not] = await run({ segments: ['progressiveWearers'] }, { input });
	expect(matched).toEqual([{ json: { customer: { id: progressive }, row: 7, segments: { names: ['progressiveWearers'], usesHealthData: true, purchaseOn: '2026-03-02' } }, binary, pairedItem: { item: 1 } }]);
	expect(not.map(({ json, pairedItem }) => [json.segments, pairedItem])).toEqual([
		[{ names: [], usesHealthData: true }, { item: 0 }],
		[{ names: [], usesHealthData: true, purchaseOn: '2026-03-02' }, { item: 2 }],
	]);
});

it('joins segments and own rules by "and" or by "or", and names those that hold', async () => {
	const [one, two] = await shop.customers(2);
	await sells(one, { lensType: 'sun', amountCents: 30_000 });
	await sells(two, { lensType: 'sun', amountCents: 9_000 });
	const given = { segments: ['onePair', 'prospects'], ...rules(['={{ $json.segments.facts.spent }}', 'gt', 100]) };
	const input = { items: [one, two].map((id) => ({ customer: { id } })) };
	expect((await run({ ...given, match: 'all' }, input)).map(idsOf)).toEqual([[], [one, two]]);
	const [matched] = await run({ ...given, match: 'any' }, input);
	expect(items(matched).map(({ segments }) => segments)).toEqual([
		{ names: ['onePair', 'own'], usesHealthData: false, purchaseOn: '2026-03-02', profiling: true }, { names: ['onePair'], usesHealthData: false, purchaseOn: '2026-03-02', profiling: true },
	]);
});

it('takes the left side of a rule as a name, whatever the item holds there, and the right side for each item', async () => {
	const [one, two] = await shop.customers(2);
	await sells(one, { lensType: 'sun', amountCents: 30_000 });
	await sells(two, { lensType: 'sun', amountCents: 30_000 });
	const input = { items: [{ customer: { id: one }, least: 200, segments: { facts: { spent: 1 } } }, { customer: { id: two }, least: 400 }] };
	const [matched, not] = await run(rules(['={{ $json.segments.facts.spent }}', 'gte', '={{ $json.least }}']), input);
	expect([idsOf(matched), idsOf(not)]).toEqual([[one], [two]]);
	expect((await run(rules(['spent', 'gte', 300]), input)).map(idsOf)).toEqual([[one, two], []]);
});

it('adds facts that are asked for, says when one concerns health, and forgets nothing of a node before', async () => {
	const [one] = await shop.customers(1);
	await sells(one, { lensType: 'progressive', amountCents: 40_000 });
	const parameters = { segments: ['growing', 'firstPlan'], match: 'any', options: { facts: ['averageBasket', 'progressiveInUse'] } };
	const [[{ json }]] = await run(parameters, { items: [{ customer: { id: one }, segments: { names: ['earlier'], usesHealthData: false, facts: { age: 46 } } }] });
	expect(json.segments).toEqual({ names: ['earlier', 'growing'], usesHealthData: true, purchaseOn: '2026-03-02', profiling: true, facts: { age: 46, averageBasket: 400, progressiveInUse: true } });
	const [[after]] = await run({ segments: ['onePair'] }, { items: [json] });
	expect(after.json.segments).toMatchObject({ names: ['earlier', 'growing', 'onePair'], usesHealthData: true });
});

it('what it says of health data decides at the Consent Check: rule 13', async () => {
	const consents = [{ channel: 'email' as const, purpose: 'marketing' as const, status: 'granted' as const, capturedOn: '2024-02-03' }];
	const [agreed] = await shop.customers(1, { consents: [...consents, { ...consents[0], purpose: 'health' }] });
	const [silent] = await shop.customers(1, { consents });
	for (const id of [agreed, silent]) await sells(id, { lensType: 'progressive' });
	const due = await shop.due();
	const reasons = async (segments: string[]) => {
		const [matched] = await run({ segments }, { items: due });
		return (await runNode(ConsentCheck, { credentials: shop.credentials, items: items(matched) })).map((output) => items(output).map(({ customer, decision }) => [customer.id, decision?.reason]));
	};
	expect(await reasons(['progressiveWearers'])).toEqual([[[agreed, 'ALLOW_CONSENT']], [[silent, 'HEALTH_CONSENT_MISSING']]]);
	expect(await reasons(['onePair'])).toEqual([[[agreed, 'ALLOW_CONSENT'], [silent, 'ALLOW_CONSENT']], []]);
});

it('what it says of purchases decides at the Consent Check: rule 15', async () => {
	const ids = await shop.customers(3);
	const bought = ['2025-11-23', '2025-11-21', '2024-11-21'];
	await sells(ids[0], { lensType: 'sun', orderedOn: bought[0], deliveredOn: bought[0], usefulMonths: 60 });
	await sells(ids[1], { lensType: 'sun', orderedOn: bought[1], deliveredOn: bought[1], usefulMonths: 60 });
	await sells(ids[2], { lensType: 'sun', orderedOn: bought[2], deliveredOn: bought[2], usefulMonths: 60 });
	const due = await shop.due();
	const allowed = async (parameters: INodeParameters) => {
		const [matched] = await run(parameters, { items: due });
		expect(items(matched).map(({ segments }) => segments?.purchaseOn)).toEqual(bought);
		return (await runNode(ConsentCheck, { credentials: shop.credentials, items: items(matched) })).map(idsOf);
	};
	// What somebody has serves for 24 months, what that says of worth and habits for 12.
	expect(await allowed({ segments: ['onePair'] })).toEqual([[ids[0], ids[1]], [ids[2]]]);
	expect(await allowed(rules(['spent', 'gte', 0]))).toEqual([[ids[0]], [ids[1], ids[2]]]);
	const [matched] = await run({ segments: ['onePair'] }, { items: due });
	const [both] = await run(rules(['age', 'gt', 1]), { items: items(matched) });
	expect(items(both).map(({ segments }) => segments?.purchaseOn)).toEqual(bought);
});

it('follows the settings of the panel', async () => {
	const [one] = await shop.customers(1);
	await sells(one, { lensType: 'sun', orderedOn: '2023-01-02', deliveredOn: '2023-01-10' });
	const input = { items: [{ customer: { id: one } }] };
	expect((await run({ segments: ['onePair'] }, input)).map((output) => output.length)).toEqual([0, 1]);
	expect((await run({ segments: ['onePair'], options: { sunMonths: 60 } }, input)).map((output) => output.length)).toEqual([1, 0]);
});

describe('occasions of those who do not match', () => {
	const ledger = async () => await shop.store.db.selectFrom('occasions').select(['kind', 'state', 'outcome', 'reason']).orderBy('id').execute();

	it('end in the ledger, also those of a source of one\'s own', async () => {
		const [one] = await shop.customers(1);
		await run({ segments: ['firstPlan'] }, { items: [...(await shop.due()), { customer: { id: one }, occasion: { kind: 'campaign.sun', dueOn: TODAY, stage: 1, class: 'promotional' } }] });
		expect(await ledger()).toEqual(['birthday', 'campaign.sun'].map((kind) => ({ kind, state: 'settled', outcome: 'not-matched', reason: 'NOT_IN_SEGMENT' })));
	});

	it('go on where the panel says so, as do those of customers who match', async () => {
		await shop.customers(1);
		const due = await shop.due();
		await run({ segments: ['firstPlan'], recordNotMatched: false }, { items: due });
		await run({ segments: ['prospects'] }, { items: due });
		expect(await ledger()).toEqual([{ kind: 'birthday', state: 'leased', outcome: null, reason: null }]);
	});
});

describe('what cannot be done', () => {
	it.each([
		['no segment', {}, /No segment is chosen/, /Own Rules/],
		['a rule without a fact', rules(['shoeSize', 'gt', 42]), /Condition 1 of the own rules names no fact/, /lifecycle/],
		['settings that contradict each other', { segments: ['best'], options: { atRiskMonths: 40 } }, /do not follow each other/, /ascending/],
	])('%s: says how to go on', async (_, parameters, message, howToGoOn) => {
		const [one] = await shop.customers(1);
		expect(await failure(run(parameters as INodeParameters, { items: [{ customer: { id: one } }] }))).toMatchObject({ message: expect.stringMatching(message), description: expect.stringMatching(howToGoOn) });
	});

	it.each([
		['no customer', { row: 1 }, /^Item 1: customer\.id is missing/],
		['somebody whom the shop does not know', { customer: { id: 4711 } }, /^Item 1: .*no customer 4711/],
	])('%s: stops at the item, or lets it out as not matched', async (_, wrong, message) => {
		const [one] = await shop.customers(1);
		const given = { items: [{ customer: { id: one } }, wrong] };
		expect(await failure(run({ segments: ['prospects'] }, given))).toMatchObject({ message: expect.stringMatching(message), item: 1 });
		const [matched, not] = await run({ segments: ['prospects'] }, { ...given, goesOn: true });
		expect(idsOf(matched)).toEqual([one]);
		expect(not).toMatchObject([{ json: { ...wrong, error: { message: expect.stringMatching(message) } }, pairedItem: { item: 1 } }]);
	});
});

it('asks the store as often for two hundred items as for two, and nothing for none', async () => {
	const known = await shop.customers(200);
	const input = known.map((id) => ({ customer: { id } }));
	const statements = async (count: number) => await countStatements(async () => await run({ segments: ['best', 'likelySoon', 'silent'], match: 'any' }, { items: input.slice(0, count) }));
	expect(await statements(2)).toBe(await statements(200));
	expect(await run({ segments: ['best'] }, { input: [] })).toEqual([[], []]);
});
