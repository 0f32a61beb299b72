import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeParameters, IWorkflowBase } from 'n8n-workflow';
import type { CrmItem, ItemMessage } from '../../../lib/domain/item';
import { fallBack, openStep } from '../../../lib/store/rollout/changes';
import { saveEquipment } from '../../../lib/store/records/equipment';
import type { LensType } from '../../../lib/domain/records';
import { ConsentCheck } from '../../../nodes/ConsentCheck/ConsentCheck.node';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { PersonalizeMessage } from '../../../nodes/PersonalizeMessage/PersonalizeMessage.node';
import { QueueForApproval } from '../../../nodes/QueueForApproval/QueueForApproval.node';
import { RolloutGate } from '../../../nodes/RolloutGate/RolloutGate.node';
import { runNode, type NodeRun } from '../../support/runNode';
import { setClock } from '../support/clock';
import { failure, items, NOW, openShop, TODAY, type TestShop } from '../support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const SUN: INodeParameters = { campaign: 'sun', segments: ['onePair'], offer: { title: 'Montature nuove', text: 'Si possono provare con calma.' } };
const run = async (parameters: INodeParameters = {}, more: Partial<NodeRun> = {}) =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'campaign', operation: 'handOut', ...SUN, ...parameters }, ...more }))[0];
const node = async (Node: Parameters<typeof runNode>[0], given: CrmItem[], parameters: INodeParameters = {}) =>
	(await runNode(Node, { credentials: shop.credentials, items: given, parameters })).map(items);
const wearers = async (count: number) => {
	const ids = await shop.customers(count);
	await saveEquipment(shop.store, ids.map((customerId) => ({ customerId, lensType: 'single-vision' as const, orderedOn: '2026-05-02', deliveredOn: '2026-05-10' })), NOW);
	return ids;
};
const ledger = async () => await shop.store.db.selectFrom('occasions').select(['customer_id', 'kind', 'due_on', 'state', 'outcome', 'reason']).orderBy('id').execute();

it('gives the customers as items with occasion, segments and offer, and enters them', async () => {
	const [one, two] = await wearers(3);
	const output = await run({ beginsOn: '11-15', mostPerRun: 2, offer: { ...(SUN.offer as object), validUntil: '', more: 'https://www.bellavista.example/sole' } }, { items: [{}, {}] });
	expect(items(output)).toEqual([one, two].map((id) => ({
		customer: expect.objectContaining({ id, firstName: 'Giulia', language: 'it', formality: 'lei' }),
		occasion: { id: expect.any(Number), kind: 'campaign.sun', dueOn: '2026-11-15', stage: 1, expiresOn: '2026-12-15', class: 'promotional', daysLate: 7 },
		segments: { names: ['onePair'], usesHealthData: false, purchaseOn: '2026-05-02' },
		offer: { title: 'Montature nuove', text: 'Si possono provare con calma.' },
		link: { more: 'https://www.bellavista.example/sole' },
	})));
	expect(output[0].pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
	expect(items(output)[0].customer).not.toHaveProperty('birthDate');
	expect(await ledger()).toMatchObject([{ customer_id: one, kind: 'campaign.sun', due_on: '2026-11-15', state: 'leased' }, { customer_id: two }]);
});

it('goes through gate, consent and text to the Desk, once', async () => {
	await wearers(2);
	const [open] = await node(RolloutGate, items(await run()), { holdoutPercent: 0 });
	const [allowed] = await node(ConsentCheck, open);
	const [written] = await node(PersonalizeMessage, allowed);
	expect((written[0].message as ItemMessage).text).toContain('Si possono provare con calma.');
	const [queued] = await node(QueueForApproval, written);
	expect(queued.map(({ message }) => message)).toMatchObject([{ state: 'pending', templateId: 'campaign.sun' }, { state: 'pending' }]);
	expect(await run()).toEqual([]);
	expect((await ledger()).map(({ outcome }) => outcome)).toEqual(['message', 'message']);
});

it('waits while its step is closed, and comes when the lead opens it', async () => {
	const ids = await wearers(2);
	const MOVE = { who: 'chiara', figures: [], note: 'x' };
	await fallBack(shop.store, 'recall', MOVE, NOW);
	const [open, held] = await node(RolloutGate, items(await run()), { holdoutPercent: 0 });
	expect([open.length, held.length]).toEqual([0, 2]);
	expect(await run()).toEqual([]);
	await openStep(shop.store, 'promotional', MOVE, NOW);
	const again = items(await run());
	expect(again.map(({ customer }) => customer.id)).toEqual(ids);
	expect((await node(RolloutGate, again, { holdoutPercent: 0 }))[0]).toHaveLength(2);
});

it('nothing of an offer or an event leaves after its day', async () => {
	await wearers(1);
	expect(items(await run({ offer: { ...(SUN.offer as object), validUntil: '2026-11-25' } }))).toMatchObject([{ occasion: { expiresOn: '2026-11-25' }, offer: { validUntil: '2026-11-25' } }]);
});

it('only shows who would come, where that is asked, and the texts can be looked at', async () => {
	await wearers(2);
	const shown = items(await run({ output: 'show', mostPerRun: 1 }));
	expect(shown).toMatchObject([{ occasion: { kind: 'campaign.sun', dueOn: TODAY, class: 'promotional' }, offer: { title: 'Montature nuove' } }]);
	expect(shown[0].occasion).not.toHaveProperty('id');
	expect(await ledger()).toEqual([]);
	expect((await node(PersonalizeMessage, shown, { output: 'preview' }))[0]).toMatchObject([{ preview: { text: expect.stringContaining('provare con calma') } }]);
	expect(await run({ output: 'show', beginsOn: '12-01' })).toEqual([]);
});

it('says how to go on, and hands out nobody, where the panel cannot be used', async () => {
	await wearers(1);
	expect(await failure(run({ offer: { title: '', text: 'x' } }))).toMatchObject({ message: expect.stringContaining('not written yet'), description: expect.stringContaining('Title and Text') });
	expect(await failure(run({ offer: { validUntil: '2026-11-21' } }))).toMatchObject({ message: expect.stringContaining('Valid Until') });
	expect(await failure(run({ segments: [] }))).toMatchObject({ message: expect.stringContaining('No segment is chosen') });
	expect(await failure(run({ campaign: 'Sun & Sea' }))).toMatchObject({ message: expect.stringContaining('Campaign cannot be used') });
	expect(await failure(run({ beginsOn: 'April' }))).toMatchObject({ message: expect.stringContaining('Begins On') });
	expect(await failure(run({ mostPerRun: 0 }))).toMatchObject({ message: expect.stringContaining('Most for Each Run') });
	expect((await failure(run({}, { asTool: true }))).message).toContain('handOut');
	expect(await ledger()).toEqual([]);
});

describe('the bundled campaigns', () => {
	/** The step of a bundled workflow as it is imported. */
	const bundled = (file: string) => {
		const { nodes } = JSON.parse(readFileSync(path.join(__dirname, '..', '..', '..', 'workflows', file), 'utf8')) as IWorkflowBase;
		return nodes.find(({ parameters }) => parameters.resource === 'campaign')?.parameters as INodeParameters;
	};
	const runBundled = async (file: string, today: string, changes: INodeParameters = {}) => {
		setClock(`${today}T08:00:00.000Z`);
		return items((await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { ...bundled(file), ...changes } }))[0]);
	};
	const got = async (lensType: LensType, deliveredOn: string, customerId?: number) => {
		const id = customerId ?? (await shop.customers(1, { enteredOn: '2020-01-01' }))[0];
		await saveEquipment(shop.store, [{ customerId: id, lensType, orderedOn: deliveredOn, deliveredOn, amountCents: 30_000 }], NOW);
		return id;
	};
	const who = (found: CrmItem[]) => found.map(({ customer }) => customer.id);

	it('second pair: who has had the only one for three to twelve months', async () => {
		const fitting = await got('single-vision', '2026-05-10');
		await got('single-vision', '2026-10-10');
		await got('single-vision', '2025-09-01');
		await got('sun', '2026-05-12', await got('reading', '2026-05-11'));
		const found = await runBundled('31-second-pair.json', TODAY);
		expect(who(found)).toEqual([fitting]);
		expect(found[0]).toMatchObject({ occasion: { kind: 'campaign.second-pair', class: 'promotional' }, segments: { usesHealthData: false }, offer: { title: expect.stringMatching(/./) } });
	});

	it('sun: in spring, who has spectacles and no sun pair, without a look at health data', async () => {
		const fitting = await got('progressive', '2026-05-10');
		await got('sun', '2026-05-12', await got('reading', '2026-05-11'));
		await shop.customers(1);
		expect(await runBundled('32-sun.json', '2027-04-09')).toEqual([]);
		const found = await runBundled('32-sun.json', '2027-04-12');
		expect(who(found)).toEqual([fitting]);
		expect(found[0]).toMatchObject({ occasion: { kind: 'campaign.sun', dueOn: '2027-04-10', expiresOn: '2027-05-22' }, segments: { usesHealthData: false } });
		expect(await runBundled('32-sun.json', '2027-04-12')).toEqual([]);
	});

	it('greetings: in December, who has been known for some time', async () => {
		const [known] = await shop.customers(1, { enteredOn: '2026-01-10' });
		await shop.customers(1, { enteredOn: '2026-12-01' });
		expect(await runBundled('11-welcome-and-greetings.json', '2026-12-08')).toEqual([]);
		expect(await runBundled('11-welcome-and-greetings.json', '2026-12-10')).toMatchObject([{ customer: { id: known }, occasion: { kind: 'campaign.greetings', class: 'relational' } }]);
	});

	it.each(['30-offer-by-segment.json', '33-event-invitation.json'])('%s asks for its words before anybody is handed out', async (file) => {
		await got('reading', '2026-05-10');
		expect(await failure(runBundled(file, TODAY))).toMatchObject({ message: expect.stringContaining('not written yet') });
		expect(await ledger()).toEqual([]);
		await got('reading', '2026-10-10', await got('reading', '2024-11-30'));
		expect(await runBundled(file, TODAY, { offer: SUN.offer })).not.toEqual([]);
	});

	it('an invitation goes to a town, where that is asked', async () => {
		const inTown = { kind: 'address' as const, value: JSON.stringify({ street: 'Via Roma 1', town: 'Firenze' }) };
		const [near] = await shop.customers(1, { contactPoints: [inTown] });
		for (const id of [near, ...(await shop.customers(1))]) await got('reading', '2026-05-10', id);
		const { rules } = bundled('33-event-invitation.json') as { rules: { conditions: INodeParameters[] } };
		const town = { leftValue: '={{ $json.segments.facts.town }}', rightValue: 'firenze', operator: { type: 'string', operation: 'equals' } };
		expect(who(await runBundled('33-event-invitation.json', TODAY, { offer: SUN.offer, rules: { ...rules, conditions: [...rules.conditions, town] } }))).toEqual([near]);
	});
});
