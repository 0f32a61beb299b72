import fc from 'fast-check';
import { Random } from '../../../../demo/shop/random';
import { plusDays } from '../../../../lib/domain/time';
import { openStore } from '../../../../lib/store/open';
import { campaignFigures, unsentReasons } from '../../../../lib/store/report/campaigns';
import { saveShop } from '../../../../lib/store/shops';
import { countStatements, ON_POSTGRES, openTestStore, type TestStore } from '../../../support/store';
import { HOLDOUT, TRUTHS } from '../../report/simulatedCampaign';
import { writePeople } from './campaignShop';
import { obviousCampaigns, type Person } from './obviousCampaigns';

const TODAY = '2026-11-22';
const QUERY = { from: '2025-11-22', today: TODAY, recentFrom: '2026-08-30', windowDays: 60 };
let test: TestStore;
let shops = 0;
beforeAll(async () => void (test = await openTestStore(`${TODAY}T08:00:00.000Z`)));
afterAll(async () => await test.close());

const newShop = async () => {
	const code = `shop${++shops}`;
	await saveShop(test.store.db, code, { name: code, privacyNotices: [], policy: {} }, `${TODAY}T08:00:00.000Z`);
	return await openStore({ ...test.settings, shop: code });
};

const day = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -420, max: 5 }).map((days) => plusDays(TODAY, days)) }, { weight: 1, arbitrary: fc.constantFrom(QUERY.from, TODAY, plusDays(TODAY, -60), plusDays(TODAY, -61), QUERY.recentFrom) });
const assigned = fc.record({
	campaign: fc.constantFrom('birthday', 'recall.vision'), on: day, group: fc.constantFrom('contact' as const, 'contact' as const, 'holdout' as const),
	message: fc.option(fc.record({ state: fc.constantFrom('pending' as const, 'sent' as const, 'delivered' as const, 'read' as const, 'failed' as const, 'blocked' as const), rehearsed: fc.integer({ min: 0, max: 5 }).map((one) => one === 0), refusedAfter: fc.option(fc.constantFrom(0, 14, 15), { nil: undefined }), replied: fc.boolean() }), { nil: undefined }),
});
/** Near the assignments, so that windows are met at their ends. */
const near = (days: readonly string[]) => fc.tuple(fc.constantFrom(...days, TODAY), fc.constantFrom(-1, 0, 1, 30, 59, 60, 61)).map(([one, later]) => plusDays(one, later));
const person: fc.Arbitrary<Person> = fc.uniqueArray(assigned, { minLength: 1, maxLength: 3, selector: ({ campaign, on }) => `${campaign} ${on}` }).chain((all) => {
	const around = near(all.map(({ on }) => on));
	// One message with a refusal at most, and then no other: whose it is, is another test's question.
	const one = all.some(({ message }) => message?.refusedAfter !== undefined) ? [all.find(({ message }) => message?.refusedAfter !== undefined) as (typeof all)[number]] : all;
	return fc.record({
		assigned: fc.constant(one), exams: fc.array(around, { maxLength: 1 }), visits: fc.array(fc.record({ on: around, status: fc.constantFrom('kept', 'booked', 'missed', 'cancelled'), madeOn: around }), { maxLength: 2 }),
		sales: fc.array(fc.record({ on: around, collectedOn: fc.option(around, { nil: undefined }), cents: fc.option(fc.nat(90_000), { nil: undefined }), returned: fc.integer({ min: 0, max: 4 }).map((number) => number === 0) }), { maxLength: 2 }),
	});
});

it('counts what one counts by hand, of one shop', async () => {
	await fc.assert(fc.asyncProperty(fc.array(person, { maxLength: 8 }), async (people) => {
		const store = await newShop();
		await writePeople(store, people);
		expect(await campaignFigures(store, QUERY)).toEqual(obviousCampaigns(people, QUERY));
	}), { numRuns: ON_POSTGRES ? 20 : 60 });
}, 240_000);

it.each(TRUTHS)('reads of a shop whose campaign brings %s just what happened in it', async (_, effect) => {
	const random = new Random(effect * 100 + 7);
	const people = Array.from({ length: 300 }, (): Person => {
		const [on, heldOut] = [plusDays(QUERY.from, Math.floor(random.next() * 300)), random.chance(HOLDOUT)];
		const returns = random.chance(0.2 + (heldOut ? 0 : effect));
		return {
			assigned: [{ campaign: 'recall.vision', on, group: heldOut ? 'holdout' : 'contact', ...(!heldOut && { message: { state: 'sent', rehearsed: false, replied: false } }) }], exams: [], visits: [],
			sales: returns ? [{ on: plusDays(on, 1 + Math.floor(random.next() * 60)), cents: 5000 + Math.floor(random.next() * 50_000), returned: false }] : [],
		};
	});
	const store = await newShop();
	await writePeople(store, people);
	const [figures] = await campaignFigures(store, QUERY);
	for (const group of ['contact', 'holdout'] as const) {
		const mine = people.filter(({ assigned: [{ group: its }] }) => its === group);
		const spent = mine.filter(({ assigned: [{ on }] }) => plusDays(on, 60) < TODAY).map(({ sales }) => sales[0]?.cents ?? 0);
		expect(figures[group]).toMatchObject({ people: mine.length, over: spent.length, returned: spent.filter(Boolean).length, buyers: spent.filter(Boolean).length, revenueCents: spent.reduce((sum, cents) => sum + cents, 0) });
		expect(figures[group].revenueSquares).toBeCloseTo(spent.reduce((sum, cents) => sum + cents ** 2, 0), -3);
	}
	expect(figures.sent).toBe(figures.contact.people);
});

it('asks the database as often for many as for few, and says why some were not written to', async () => {
	const store = await newShop();
	const people = Array.from({ length: 40 }, (_, index): Person => ({ assigned: [{ campaign: 'birthday', on: '2026-05-05', group: 'contact', ...(index < 10 && { message: { state: 'sent', rehearsed: false, replied: false } }) }], exams: [], visits: [], sales: [] }));
	await writePeople(store, people);
	expect(await countStatements(async () => await campaignFigures(store, QUERY))).toBe(2);
	await store.db.updateTable('occasions').set({ outcome: 'blocked', reason: 'CONSENT_MISSING' }).where('shop_id', '=', store.shop.id).where('id', 'not in', store.db.selectFrom('messages').select('occasion_id')).execute();
	expect(await unsentReasons(store, QUERY)).toEqual([{ campaign: 'birthday', reason: 'CONSENT_MISSING', count: 30 }]);
});
