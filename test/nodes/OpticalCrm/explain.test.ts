import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ConsentCheck } from '../../../nodes/ConsentCheck/ConsentCheck.node';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import type { Decision } from '../../../lib/domain/consent';
import { recordDecisions } from '../../../lib/store/decisions';
import { occasionIds } from '../../../lib/store/settling';
import { saveShop } from '../../../lib/store/shops';
import { runNode, type NodeRun } from '../../support/runNode';
import { customer, saved } from '../../support/store';
import { failure, items, NOW, openShop, type TestShop } from '../support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const run = async (resource: string, operation: string, parameters: INodeParameters = {}, more: NodeRun = {}) =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource, operation, ...parameters }, ...more }))[0].map(({ json }) => json as IDataObject);
const byId = (value: number | string) => ({ customer: { __rl: true, mode: 'id', value } }) as INodeParameters;
const explain = async (id: number, question = 'all') => await run('consent', 'explain', { ...byId(id), question, returnAll: true });
const sentences = (rows: IDataObject[]) => rows.map(({ explanation }) => explanation as { it: string; en: string });

describe('Explain', () => {
	it('says why a message was written, and why another was not, in both languages', async () => {
		const [yes] = await shop.customers(1);
		const [no] = await shop.customers(1, { consents: [] });
		await shop.queued();
		expect(sentences(await explain(yes))).toEqual([{
			it: 'In data 22 novembre 2026 si è deciso di scrivere al cliente (compleanno, 22 novembre 2026, e-mail). Il cliente ha dato il consenso. Il consenso su cui si basa è in data 3 febbraio 2023. Il messaggio attende ancora l\'approvazione.',
			en: 'On 22 November 2026 it was decided to write to the customer (birthday, 22 November 2026, e-mail). The customer has agreed. The consent that it rests on is of 3 February 2023. The message still waits for approval.',
		}]);
		expect(sentences(await explain(no))[0].en).toBe('On 22 November 2026 it was decided not to write to the customer (birthday, 22 November 2026, e-mail). The customer has not agreed to this channel and purpose.');
	});

	it('gives the data beside the sentence: rule, facts, versions, and which settings were others then', async () => {
		const [id] = await shop.customers(1);
		await shop.allowed();
		await saveShop(shop.store.db, 'main', { policy: { rpoDays: 7 } }, NOW);
		const [told] = await explain(id);
		expect(told).toMatchObject({
			customer: { id }, kind: 'birthday', outcome: 'allow', reason: 'ALLOW_CONSENT', rule: 'R07', rulesVersion: '3', policyVersion: 1, settingsThen: { rpoDays: 15 },
			tried: [{ channel: 'email', facts: { consentId: expect.any(Number) } }], ruleNow: expect.stringContaining('consent'),
		});
	});

	it('tells by what the customer was chosen, and what waits for a person', async () => {
		const [id] = await shop.customers(1);
		const [due] = await shop.due();
		await shop.allowed([{ ...due, segments: { names: [], usesHealthData: true, purchaseOn: '2026-03-02' } }]);
		const [told] = await explain(id);
		expect(told).toMatchObject({ uses: { health: true, purchaseOn: '2026-03-02' }, reason: 'HEALTH_CONSENT_MISSING' });
		expect(sentences([told])[0]).toEqual({ it: expect.stringContaining('La scelta del cliente si basava su: dati sulla salute, un acquisto del 2 marzo 2026.'), en: expect.stringContaining('The customer was chosen by: health data, a purchase of 2 March 2026.') });
		const [other] = await shop.customers(1);
		await shop.due();
		await shop.store.db.updateTable('occasions').set({ state: 'settled', outcome: 'review' }).where('customer_id', '=', other).execute();
		expect(sentences(await explain(other))[0].it).toContain('deve ancora decidere una persona del negozio');
	});

	it('explains decisions of years ago, also those of rules and codes that are gone', async () => {
		const [id] = await saved(shop.store, [customer()]);
		const [occasionId] = await occasionIds(shop.store, [{ customerId: id, kind: 'campaign.auguri', dueOn: '2019-12-20', stage: 1 }], '2019-12-20T09:00:00.000Z');
		const verdict = { channel: 'email' as const, outcome: 'block' as const, reason: 'FULL_MOON', rule: 'R99', facts: {} };
		const decision: Decision = { ...verdict, class: 'promotional', purpose: 'marketing', moment: 'plan', rulesVersion: '0.1', decidedAt: '2019-12-20T09:00:00.000Z', tried: [verdict] };
		await recordDecisions(shop.store, [{ customerId: id, occasionId: occasionId as number, decision }]);
		const [told] = await explain(id);
		expect(told).toMatchObject({ rulesVersion: '0.1', rule: 'R99' });
		expect(told).not.toHaveProperty('ruleNow');
		expect(sentences([told])).toEqual([{
			it: 'In data 20 dicembre 2019 si è deciso di non scrivere al cliente (campaign.auguri, 20 dicembre 2019, e-mail). Motivo registrato: FULL_MOON.',
			en: 'On 20 December 2019 it was decided not to write to the customer (campaign.auguri, 20 December 2019, e-mail). The reason on record: FULL_MOON.',
		}]);
	});

	it('tells all channels that were tried, and when there will be another try', async () => {
		const consents = [{ channel: 'sms' as const, purpose: 'marketing' as const, status: 'withdrawn' as const, capturedOn: '2024-01-10' }];
		const [id] = await saved(shop.store, [customer({ consents, contactPoints: [{ kind: 'phone', value: '+393331234567', line: 'mobile' }] })]);
		await run('shop', 'upsert', { fields: { smsAlias: 'Prova' } });
		await runNode(ConsentCheck, {
			credentials: shop.credentials, parameters: { channels: ['sms', 'email'] },
			items: [{ customer: { id }, occasion: { kind: 'campaign.x', dueOn: '2026-11-22', stage: 1, class: 'promotional' } }],
		});
		expect(sentences(await explain(id))[0]).toEqual({
			it: 'In data 22 novembre 2026 si è deciso di non scrivere al cliente (campaign.x, 22 novembre 2026, SMS). Il cliente ha detto di no a questi messaggi. Il cliente lo ha detto in data 10 gennaio 2024. Per gli altri canali: e-mail: manca un recapito valido per questo canale.',
			en: expect.stringContaining('As for the other channels: e-mail: there is no valid address or number for this channel.'),
		});
	});

	it('asks for what was written, or for what was not', async () => {
		const [id] = await shop.customers(1);
		const [item] = await shop.queued();
		expect(await explain(id, 'written')).toEqual([]);
		expect(await explain(id, 'notWritten')).toHaveLength(1);
		await shop.store.db.updateTable('messages').set({ state: 'sent', sent_on: '2026-11-23' }).where('id', '=', item.message?.id as number).execute();
		expect(await explain(id, 'notWritten')).toEqual([]);
		expect(sentences(await explain(id, 'written'))[0].en).toContain('The message left on 23 November 2026.');
	});

	it('tells of occasions about which nothing was decided', async () => {
		const [id] = await shop.customers(1);
		await shop.due();
		expect(sentences(await explain(id))).toEqual([expect.objectContaining({ en: 'Nothing has been decided for this occasion yet (birthday, 22 November 2026).' })]);
		await shop.store.db.updateTable('occasions').set({ state: 'settled', outcome: 'dropped', reason: 'DROPPED_BY_WORKFLOW' }).execute();
		expect(sentences(await explain(id))[0].en).toContain('no workflow finished with it in time');
		await shop.store.db.updateTable('occasions').set({ outcome: 'something new' }).execute();
		expect(sentences(await explain(id))[0].en).toContain('Nothing has been decided');
	});

	it('gives the newest first, so many for each customer, each with its item', async () => {
		const ids = await shop.customers(2);
		await shop.allowed();
		await shop.allowed((await shop.allowed([])).concat(ids.map((id) => ({ customer: { id }, occasion: { kind: 'campaign.x', dueOn: '2026-11-22', stage: 1, class: 'promotional' } }) as never)));
		const output = (await runNode(OpticalCrm, {
			credentials: shop.credentials, items: ids.map((id) => ({ id })),
			parameters: { resource: 'consent', operation: 'explain', customer: { __rl: true, mode: 'id', value: '={{ $json.id }}' }, limit: 1 } as INodeParameters,
		}))[0];
		expect(output.map(({ json }) => json.kind)).toEqual(['campaign.x', 'campaign.x']);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(await failure(run('consent', 'explain', byId(4711)))).toMatchObject({ message: expect.stringContaining('no such customer') });
	});
});

describe('Set Contact Rules', () => {
	const settings = async (given: INodeParameters) => (await run('shop', 'setPolicy', { settings: given }))[0];

	it('keeps each change as a version, and no version where nothing changes', async () => {
		expect(await settings({ rpoDays: 10 })).toMatchObject({ policyVersion: 2, policy: { rpoDays: 10, adultAge: 18 } });
		expect(await settings({ rpoDays: 10 })).toMatchObject({ policyVersion: 2 });
		expect(await settings({ softSpam: true })).toMatchObject({ policyVersion: 3 });
		const kept = await shop.store.db.selectFrom('policy_versions').select(['version', 'policy']).orderBy('version').execute();
		expect(kept.map(({ version, policy }) => [version, JSON.parse(policy).rpoDays, JSON.parse(policy).softSpam])).toEqual([[1, 15, false], [2, 10, false], [3, 10, true]]);
	});

	it('says which waiting messages a change affects', async () => {
		await shop.customers(2);
		const [young] = await shop.customers(1, { birthDate: '2006-11-22' });
		const queued = await shop.queued();
		expect(await settings({ adultAge: 21 })).toMatchObject({
			waitingMessages: 3,
			affectedMessages: [{ customerId: young, messageId: queued.find(({ customer: { id } }) => id === young)?.message?.id, state: 'pending', channel: 'email', before: 'ALLOW_CONSENT', after: 'MINOR' }],
		});
		expect(await settings({ marketingPerWeek: 3 })).toMatchObject({ waitingMessages: 3, affectedMessages: [] });
	});

	it.each([
		[{ sendOnWorkdays: '' }, /sendOnWorkdays/, /09:00-20:00/],
		[{ sendOnSaturdays: '10-19' }, /sendOnSaturdays/, /09:00-20:00/],
		[{ callOnEves: '19:00-10:00' }, /callOnEves/, /09:00-20:00/],
		[{ rpoDays: 0 }, /rpoDays.*1 to 90/, /strict value is 15/],
		[{ adultAge: 12 }, /adult age/, /18/],
	])('refuses what cannot be right: %o', async (given, message, howToGoOn) => {
		expect(await failure(settings(given as INodeParameters))).toMatchObject({ message: expect.stringMatching(message), description: expect.stringMatching(howToGoOn) });
		expect(await shop.store.db.selectFrom('policy_versions').select('version').execute()).toHaveLength(1);
	});

	it('has a field for every setting, with the strict value', async () => {
		const { STRICT_POLICY } = await import('../../../lib/domain/consentPolicy');
		const { POLICY_FIELDS } = await import('../../../nodes/OpticalCrm/actions/shop/policyFields');
		expect(Object.fromEntries(POLICY_FIELDS.map(({ name, default: preset }) => [name, preset]))).toEqual(STRICT_POLICY);
	});
});

describe('Set Preferred Channel', () => {
	it('goes before the channels of the workflow, and no other is taken unless the workflow says so', async () => {
		const [id] = await shop.customers(1);
		await run('consent', 'setPreference', { ...byId(id), channel: 'sms' });
		const check = async (options: INodeParameters = {}) =>
			(await runNode(ConsentCheck, { credentials: shop.credentials, parameters: { channels: ['email', 'sms'], options }, items: await shop.due() })).map(items);
		const [[allowed]] = await check({ fallback: true });
		expect(allowed.decision).toMatchObject({ channel: 'email', tried: [{ channel: 'sms', outcome: 'block' }, { channel: 'email' }] });
		const due = { customer: { id }, occasion: { kind: 'campaign.x', dueOn: '2026-11-22', stage: 1, class: 'promotional' } };
		const [, [blocked]] = (await runNode(ConsentCheck, { credentials: shop.credentials, parameters: { channels: ['email', 'sms'] }, items: [due] })).map(items);
		expect(blocked.decision).toMatchObject({ channel: 'sms', tried: [{ channel: 'sms' }] });
		expect(await run('consent', 'setPreference', { ...byId(id), channel: 'none' })).toEqual([{ customer: { id }, preferredChannel: null }]);
		expect(await failure(run('consent', 'setPreference', { ...byId(id), channel: '={{ "fax" }}' }))).toMatchObject({ message: expect.stringContaining('preferred channel') });
	});
});

it("a customer's own request is a basis for recalls", async () => {
	const [id] = await saved(shop.store, [customer({ consents: [] })]);
	const record = async (additionalFields: INodeParameters, purpose = 'recall') => await run('consent', 'record', { ...byId(id), purpose, additionalFields });
	await record({ legalBasis: 'request', noticeVersion: '2024-01' });
	const due = { customer: { id }, occasion: { kind: 'recall.vision', dueOn: '2026-11-22', stage: 1, class: 'recall' } };
	const [[allowed]] = (await runNode(ConsentCheck, { credentials: shop.credentials, items: [due] })).map(items);
	expect(allowed.decision).toMatchObject({ reason: 'ALLOW_REQUEST', legalBasis: 'request' });
	expect(await failure(record({ legalBasis: 'request' }, 'marketing'))).toMatchObject({ message: expect.stringContaining('recall') });
	expect(await failure(record({ legalBasis: '={{ "habit" }}' }))).toMatchObject({ message: expect.stringContaining('legal basis') });
});

it('the table shows one flat row for each channel that was tried', async () => {
	await shop.customers(1);
	const [allowed, blocked] = await runNode(ConsentCheck, { credentials: shop.credentials, parameters: { channels: ['sms', 'email'], options: { show: 'table' } }, items: await shop.due() });
	expect(blocked).toEqual([]);
	expect(allowed.map(({ json }) => json)).toEqual([
		expect.objectContaining({ channel: 'sms', chosen: false, outcome: 'block', reason: 'CONTACT_INVALID', rule: 'C01', kind: 'birthday' }),
		expect.objectContaining({ channel: 'email', chosen: true, outcome: 'allow', reason: 'ALLOW_CONSENT', consentId: expect.any(Number) }),
	]);
	expect(allowed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
});
