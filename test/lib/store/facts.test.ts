import { customerFacts } from '../../../lib/store/facts';
import { recentContacts } from '../../../lib/store/contacts';
import { savePreferences } from '../../../lib/store/customers/preferences';
import { policyVersions } from '../../../lib/store/policyVersions';
import { recordRpoChecks } from '../../../lib/store/rpo';
import { recordConsents } from '../../../lib/store/recordConsents';
import { saveShop } from '../../../lib/store/shops';
import { settleDecided } from '../../../lib/store/settling';
import type { DuePlan } from '../../../lib/domain/dueSearch';
import { claimDue } from '../../../lib/store/occasions/claim';
import type { Store } from '../../../lib/store/open';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const TODAY = '2026-11-22';
const PHONE = '+393331234567';

let test: TestStore;
let store: Store;
beforeEach(async () => {
	test = await openTestStore();
	({ store } = test);
});
afterEach(async () => await test.close());

const factsOf = async (id: number) => (await customerFacts(store, [id])).get(id)!;

describe('the facts of a customer', () => {
	it('are in one query whatever the number of customers', async () => {
		const ids = await saved(store, Array.from({ length: 30 }, () => customer()));
		expect(await countStatements(async () => await customerFacts(store, ids))).toBe(1);
		expect(await countStatements(async () => await recentContacts(store, ids, TODAY))).toBe(1);
		expect((await customerFacts(store, [...ids, 4711])).size).toBe(30);
		expect(await customerFacts(store, [])).toEqual(new Map());
	});

	it('hold contact points and the chain in their order, with what a rule reads of them', async () => {
		const [id] = await saved(store, [customer({ contactPoints: [{ kind: 'email', value: 'a@posta.example' }, { kind: 'phone', value: PHONE, line: 'mobile' }] })]);
		await recordConsents(store, [{ customerId: id, channel: 'sms', purpose: 'marketing', status: 'objected', legalBasis: 'consent', capturedAt: NOW, source: 'staff', evidence: 'scan 1' }], NOW);
		const { contactPoints, consents, ...facts } = await factsOf(id);
		expect(facts).toEqual({ customerId: id, birthDate: '1980-11-22', deceased: false, preferredChannel: undefined, contractUntil: undefined });
		expect(contactPoints).toEqual([
			{ id: expect.any(Number), kind: 'email', line: undefined, status: 'valid', preferred: expect.any(Boolean), suppressedFor: [] },
			{ id: expect.any(Number), kind: 'phone', line: 'mobile', status: 'valid', preferred: expect.any(Boolean), suppressedFor: ['marketing'] },
		]);
		expect(consents).toEqual([
			expect.objectContaining({ channel: 'email', status: 'granted', source: 'import', noticeVersion: '2024-01', capturedAt: '2023-02-03T00:00:00.000Z', recordedAt: NOW, contactPointId: undefined, evidence: undefined }),
			expect.objectContaining({ channel: 'sms', status: 'objected', source: 'staff', evidence: expect.any(String) }),
		]);
	});

	it('hold the newest answer of the register, and of two of one moment the stricter', async () => {
		const [id] = await saved(store, [customer({ contactPoints: [{ kind: 'phone', value: PHONE, line: 'mobile' }] })]);
		const rpo = async () => (await factsOf(id)).contactPoints[0].rpo;
		expect(await rpo()).toBeUndefined();
		await recordRpoChecks(store, [{ number: PHONE, checkedAt: '2026-11-02T09:00:00.000Z', result: 'notListed' }, { number: PHONE, checkedAt: '2026-10-02T09:00:00.000Z', result: 'listed', enrolledOn: '2020-01-01' }]);
		expect(await rpo()).toEqual({ checkedAt: '2026-11-02T09:00:00.000Z', result: 'notListed' });
		await recordRpoChecks(store, [{ number: PHONE, checkedAt: '2026-11-02T09:00:00.000Z', result: 'listed', enrolledOn: '2020-01-01' }]);
		expect(await rpo()).toEqual({ checkedAt: '2026-11-02T09:00:00.000Z', result: 'listed', enrolledOn: '2020-01-01' });
	});

	it('say who else has the address where the shop writes to minors', async () => {
		const family = { contactPoints: [{ kind: 'email' as const, value: 'famiglia@posta.example' }] };
		const [child] = await saved(store, [customer({ ...family, birthDate: '2010-01-01' }), customer({ ...family, birthDate: '1978-05-06' }), customer({ ...family, birthDate: '2012-02-02' })]);
		const [alone] = await saved(store, [customer({ birthDate: '2010-01-01' })]);
		const sharer = async (id: number) => (await factsOf(id)).contactPoints[0].oldestSharer;
		expect(await sharer(child)).toBeUndefined();
		store = { ...store, shop: await saveShop(store.db, 'main', { policy: { adultAge: 14 } }, NOW) };
		expect([await sharer(child), await sharer(alone)]).toEqual(['1978-05-06', null]);
		await saved(store, [customer({ ...family, birthDate: undefined })]);
		expect(await sharer(child)).toBe('unknown');
	});

	it('know the channel that was asked for, and the newest order that was not returned', async () => {
		const [id, other] = await saved(store, [customer(), customer()]);
		await savePreferences(store, [{ customerId: id, channel: 'letter' }, { customerId: id, channel: 'sms' }], NOW);
		expect([(await factsOf(id)).preferredChannel, (await factsOf(other)).preferredChannel]).toEqual(['sms', undefined]);
		await savePreferences(store, [{ customerId: id }], NOW);
		expect((await factsOf(id)).preferredChannel).toBeUndefined();
		const equip = async (columns: object, key: string) =>
			await store.db.insertInto('equipment').values({ shop_id: store.shop.id, customer_id: id, source_key: key, kind: 'spectacles', created_at: NOW, updated_at: NOW, ...columns } as never).execute();
		await equip({ ordered_on: '2026-10-01', delivered_on: '2026-10-11' }, 'a');
		await equip({ ordered_on: '2026-11-01', delivered_on: '2026-11-10', returned_on: '2026-11-12' }, 'b');
		expect((await factsOf(id)).contractUntil).toBe('2026-10-11');
		await equip({ ordered_on: '2026-11-20' }, 'c');
		expect((await factsOf(id)).contractUntil).toBe('2026-11-20');
	});
});

describe('an occasion that is not allowed', () => {
	const stateOf = async (id: number) => await store.db.selectFrom('occasions').select(['state', 'outcome', 'reason', 'claims', 'leased_until']).where('id', '=', id).executeTakeFirstOrThrow();
	const plan = (today: string): DuePlan => ({
		today,
		searches: [{
			kind: 'birthday', stage: 1, class: 'relational', fact: { of: 'birthday', round: 'all' }, waits: false, unlessBooked: false, same: { dueDays: 180 },
			when: { days: [{ dueOn: TODAY, expiresOn: '2026-11-25', on: '11-22', from: '1900-01-01', to: TODAY }] },
		}],
		followUps: [], restDays: 0, expiresOn: {},
	});
	const birthday = async (now: string, today = TODAY) => await claimDue(store, plan(today), { limit: 10, leaseMinutes: 60 }, now);

	it('comes back at its moment, as often as it is put off', async () => {
		await saved(store, [customer()]);
		const [{ occasionId }] = await birthday(NOW);
		for (const [at, on] of [['2026-11-23T08:00:00.000Z', '2026-11-23'], ['2026-11-24T08:00:00.000Z', '2026-11-24'], ['2026-11-25T08:00:00.000Z', '2026-11-25']]) {
			await settleDecided(store, [{ occasionId: occasionId as number, reason: 'FREQUENCY_CAP', retry: { at, on } }], NOW);
			expect(await stateOf(occasionId as number)).toEqual({ state: 'leased', outcome: 'deferred', reason: 'FREQUENCY_CAP', claims: 0, leased_until: at });
			expect(await birthday(`${on}T07:59:59.999Z`, on)).toEqual([]);
			expect(await birthday(at, on)).toMatchObject([{ occasionId }]);
			expect(await stateOf(occasionId as number)).toMatchObject({ state: 'leased', outcome: null, claims: 1 });
		}
	});

	it('is dropped with its reason where it cannot wait so long, and blocked where time changes nothing', async () => {
		await saved(store, [customer(), customer()]);
		const [one, two] = (await birthday(NOW)).map(({ occasionId }) => occasionId as number);
		await settleDecided(store, [{ occasionId: one, reason: 'FREQUENCY_CAP', retry: { at: '2026-11-26T08:00:00.000Z', on: '2026-11-26' } }, { occasionId: two, reason: 'MINOR' }], NOW);
		expect(await stateOf(one)).toMatchObject({ state: 'settled', outcome: 'dropped', reason: 'FREQUENCY_CAP', leased_until: null });
		expect(await stateOf(two)).toMatchObject({ state: 'settled', outcome: 'blocked', reason: 'MINOR', leased_until: null });
	});
});

it('keeps the settings of the rules as they were, one version for each change', async () => {
	const change = async (changes: Parameters<typeof saveShop>[2], now: string) => (await saveShop(store.db, 'main', changes, now)).policyVersion;
	expect(await change({ name: 'Ottica Nuova' }, NOW)).toBe(1);
	expect(await change({ policy: { rpoDays: 10 } }, '2026-12-01T08:00:00.000Z')).toBe(2);
	expect(await change({ policy: { rpoDays: 10 } }, '2026-12-02T08:00:00.000Z')).toBe(2);
	await saveShop(store.db, 'second', { name: 'Altra' }, NOW);
	const versions = await policyVersions(store);
	expect(versions).toMatchObject([{ version: 1, policy: { rpoDays: 15 } }, { version: 2, policy: { rpoDays: 10 }, changedAt: '2026-12-01T08:00:00.000Z' }]);
	await expect(store.db.updateTable('policy_versions').set({ policy: '{}' }).execute()).rejects.toThrow(/append-only/);
});
