import fc from 'fast-check';
import { SEGMENT_DEFAULTS, type Rule } from '../../../../lib/domain/segment';
import { plusDays } from '../../../../lib/domain/time';
import { campaignRound, type RoundSettings } from '../../../../lib/occasions/campaignRound';
import { eraseCustomers } from '../../../../lib/store/erasing/eraseCustomers';
import { saveEquipment } from '../../../../lib/store/records/equipment';
import { claimCampaign, previewCampaign, type SegmentCampaign } from '../../../../lib/store/segments/campaign';
import { releaseHeld } from '../../../../lib/store/rollout/release';
import { settleOccasions, type OccasionOutcome } from '../../../../lib/store/settling';
import type { ClaimedOccasion } from '../../../../lib/store/occasions/claimed';
import { countStatements, customer, ON_POSTGRES, openTestStore, saved, type TestStore } from '../../../support/store';

const TODAY = '2027-05-02';
const BUYERS: Rule = { fact: 'purchases', comparison: 'atLeast', value: 1 };
const at = (day: string, hour = 8) => new Date(Date.parse(`${day}T00:00:00.000Z`) + hour * 3_600_000).toISOString();

let test: TestStore;
beforeEach(async () => void (test = await openTestStore(at('2027-01-01'))));
afterEach(async () => await test.close());

type Given = Partial<RoundSettings> & Pick<SegmentCampaign, 'mostInRound'> & { name?: string; limit?: number; day?: string; hour?: number };
const campaignOf = ({ name = 'sun', day = TODAY, mostInRound, ...round }: Given): SegmentCampaign => ({
	name, rule: BUYERS, scope: { today: day, settings: SEGMENT_DEFAULTS }, round: campaignRound(round, day), mostInRound,
});
const run = async ({ limit = 10, hour = 8, ...given }: Given = {}): Promise<ClaimedOccasion[]> =>
	await claimCampaign(test.store, campaignOf(given), { limit, leaseMinutes: 60 }, at(given.day ?? TODAY, hour));
const who = (occasions: readonly ClaimedOccasion[]) => occasions.map(({ customer: { id } }) => id);
const buyers = async (count: number) => {
	const ids = await saved(test.store, Array.from({ length: count }, () => customer()), at('2027-01-01'));
	await saveEquipment(test.store, ids.map((customerId) => ({ customerId, code: `B${customerId}`, lensType: 'single-vision' as const, orderedOn: '2026-11-20' })), at('2027-01-01'));
	return ids;
};
const returns = async (...ids: number[]) => await saveEquipment(test.store, ids.map((customerId) => ({ customerId, code: `B${customerId}`, returnedOn: '2027-04-30' })), at(TODAY));
const settle = async (occasions: readonly ClaimedOccasion[], outcome: OccasionOutcome = 'message', reason?: string, day = TODAY) =>
	await settleOccasions(test.store, occasions.map(({ occasionId }) => ({ occasionId: occasionId as number, outcome, reason })), at(day, 9));
const ledger = async () => await test.store.db.selectFrom('occasions').select(['id', 'customer_id', 'kind', 'due_on', 'state', 'outcome', 'reason', 'expires_on']).orderBy('id').execute();

it('hands out the customers of the segment, each once in a round', async () => {
	const [one, two] = await buyers(2);
	await saved(test.store, [customer()]);
	const found = await run({ beginsOn: '04-15' });
	expect(found).toMatchObject([{ kind: 'campaign.sun', dueOn: '2027-04-15', expiresOn: '2027-05-15', stage: 1, customer: { id: one, firstName: 'Giulia' } }, { customer: { id: two } }]);
	await settle(found);
	expect(await run({ beginsOn: '04-15', day: '2027-05-03' })).toEqual([]);
	// A year later all come again.
	expect(who(await run({ beginsOn: '04-15', day: '2028-04-20' }))).toEqual([one, two]);
});

it('hands out nobody before the round begins and after it has ended', async () => {
	await buyers(2);
	expect(await run({ beginsOn: '05-03' })).toEqual([]);
	expect(await run({ beginsOn: '04-15', lastsDays: 10 })).toEqual([]);
	expect(await ledger()).toEqual([]);
});

it('gives no more than the limit at a time, and no more than the round may have', async () => {
	const ids = await buyers(6);
	const round = { beginsOn: '05-01', limit: 2, mostInRound: 5 };
	expect(await previewCampaign(test.store, campaignOf({ ...round, mostInRound: 1 }), 2)).toEqual(ids.slice(0, 1));
	expect(who(await run(round))).toEqual(ids.slice(0, 2));
	expect(who(await run({ ...round, hour: 8.1 }))).toEqual(ids.slice(2, 4));
	expect(await previewCampaign(test.store, campaignOf(round), 2)).toEqual([ids[4]]);
	expect(who(await run({ ...round, hour: 8.2 }))).toEqual([ids[4]]);
	expect(who(await run({ ...round, hour: 8.3 }))).toEqual([]);
});

it('without rounds who comes into the segment gets it, and not again too soon', async () => {
	const [one] = await buyers(1);
	await settle(await run({ restMonths: 12 }));
	const [two] = await buyers(1);
	expect(who(await run({ restMonths: 12, day: '2027-05-03' }))).toEqual([two]);
	expect(who(await run({ restMonths: 12, day: '2028-05-01' }))).not.toContain(one);
	expect(who(await run({ restMonths: 12, day: '2028-05-02' }))).toContain(one);
});

it('hands out again what the workflow lost, three times in all, unless the customer has left the segment', async () => {
	const [one, two] = await buyers(2);
	expect(who(await run())).toEqual([one, two]);
	await returns(two);
	expect(who(await run({ hour: 10 }))).toEqual([one]);
	expect(who(await run({ hour: 12 }))).toEqual([one]);
	expect(who(await run({ hour: 14 }))).toEqual([]);
	expect(await ledger()).toMatchObject([{ customer_id: one, outcome: 'dropped', reason: 'DROPPED_BY_WORKFLOW' }, { customer_id: two, outcome: 'not-matched', reason: 'NOT_IN_SEGMENT' }]);
});

it('what the rollout held comes again when it is let go, and after its window as another one', async () => {
	const [one] = await buyers(1);
	await settle(await run({ lastsDays: 14 }), 'held', 'ROLLOUT_PHASE');
	expect(await run({ lastsDays: 14, day: '2027-05-16' })).toEqual([]);
	await releaseHeld(test.store, { reasons: ['ROLLOUT_PHASE'] }, at('2027-05-16', 9));
	const again = await run({ lastsDays: 14, day: '2027-05-16', hour: 10 });
	expect(again).toMatchObject([{ dueOn: TODAY, customer: { id: one } }]);
	await settle(again, 'held', 'ROLLOUT_PHASE');
	expect(await run({ lastsDays: 14, day: '2027-05-17' })).toMatchObject([{ dueOn: '2027-05-17', customer: { id: one } }]);
});

it('who is held out stays out, and so does who was blocked', async () => {
	const ids = await buyers(2);
	const [one, two] = await run({ lastsDays: 14 });
	await settle([one], 'held', 'HOLDOUT');
	await settle([two], 'blocked', 'CONSENT_MISSING');
	expect(await run({ lastsDays: 14, day: '2027-07-01' })).toEqual([]);
	expect(who(await run({ lastsDays: 14, day: '2027-11-02' }))).toEqual(ids);
});

it('nobody comes who died, was merged or erased, and campaigns of other names know nothing of each other', async () => {
	const [one, two, three, four] = await buyers(4);
	await run();
	await test.store.db.updateTable('customers').set({ deceased: 1 }).where('id', '=', one).execute();
	await test.store.db.updateTable('customers').set({ merged_into: four }).where('id', '=', two).execute();
	await eraseCustomers(test.store, [three], { reason: 'request', who: 'Chiara' }, at(TODAY));
	expect(who(await run({ hour: 10 }))).toEqual([four]);
	expect(who(await run({ name: 'event' }))).toEqual([four]);
});

it('two workflows at once share the customers', async () => {
	const ids = await buyers(20);
	const shares = await Promise.all([run({ limit: 12 }), run({ limit: 12 })]);
	expect(shares.flatMap(who).sort((one, other) => one - other)).toEqual(ids);
});

it('needs as many statements for a hundred customers as for one', async () => {
	await buyers(1);
	const few = await countStatements(async () => await run({ limit: 500 }));
	await buyers(100);
	expect(await countStatements(async () => expect(await run({ limit: 500 })).toHaveLength(100))).toBe(few);
});

const OUTCOMES = [['message'], ['blocked', 'CONSENT_MISSING'], ['held', 'HOLDOUT'], ['held', 'ROLLOUT_PHASE'], ['not-matched', 'NOT_IN_SEGMENT'], undefined] as const;
const step = fc.record({
	days: fc.integer({ min: 0, max: 40 }),
	limit: fc.integer({ min: 1, max: 4 }),
	twice: fc.boolean(),
	outcome: fc.constantFrom(...OUTCOMES),
	release: fc.boolean(),
	newcomers: fc.integer({ min: 0, max: 2 }),
});

it('whatever happens, nobody gets a round twice or the campaign too soon, and every occasion is accounted for', async () => {
	const rest = 4;
	await fc.assert(fc.asyncProperty(fc.constantFrom('', '05-01'), fc.array(step, { minLength: 6, maxLength: 14 }), async (beginsOn, steps) => {
		const name = `c${(await ledger()).length}`;
		const handed = new Map<number, ClaimedOccasion>();
		let day = TODAY;
		for (const { days, limit, twice, outcome, release, newcomers } of steps) {
			day = plusDays(day, days);
			if (newcomers > 0) await buyers(newcomers);
			if (release) await releaseHeld(test.store, { reasons: ['ROLLOUT_PHASE'] }, at(day, 6));
			const one = async () => await run({ name, beginsOn, restMonths: rest, lastsDays: 30, limit, day });
			const found = (twice ? await Promise.all([one(), one()]) : [await one()]).flat();
			// Not the same one to two at once.
			expect(new Set(found.map(({ occasionId }) => occasionId)).size).toBe(found.length);
			for (const occasion of found) handed.set(occasion.occasionId as number, occasion);
			if (outcome) await settle(found, outcome[0], outcome[1], day);
		}
		const rows = (await ledger()).filter(({ kind }) => kind === `campaign.${name}`);
		expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(handed.keys()));
		for (const row of rows) expect(row.state === 'settled' ? row.outcome !== null : row.state === 'leased').toBe(true);
		for (const mine of Map.groupBy(rows, (row) => row.customer_id).values()) {
			expect(new Set(mine.map((row) => row.due_on)).size).toBe(mine.length);
			const had = mine.filter(({ outcome, reason }) => outcome !== 'dropped' && !(outcome === 'held' && reason === 'ROLLOUT_PHASE')).map((row) => row.due_on).sort();
			// Four months have 120 days at least.
			had.slice(1).forEach((due, index) => expect(Date.parse(due) - Date.parse(had[index])).toBeGreaterThanOrEqual(120 * 86_400_000));
		}
		// Nobody of the segment is forgotten: the next runs hand out all who have had nothing.
		const last = plusDays(day, 400);
		const members = await test.store.db.selectFrom('equipment').select('customer_id').distinct().where('returned_on', 'is', null).execute();
		const all = who(await run({ name: `${name}-all`, limit: 5000, day: last }));
		expect(all).toHaveLength(members.length);
	}), { numRuns: ON_POSTGRES ? 6 : 25 });
}, 120_000);
