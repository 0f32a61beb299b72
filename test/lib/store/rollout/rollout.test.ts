import { sql } from 'kysely';
import { plusDays, plusMonths } from '../../../../lib/domain/time';
import { visionCheck, VISION_DEFAULTS } from '../../../../lib/occasions/vision';
import { listAlerts } from '../../../../lib/store/alerts';
import { mergeCustomers } from '../../../../lib/store/merging/mergeCustomers';
import { assignGroups } from '../../../../lib/store/rollout/assignments';
import { fallBack, openStep, rolloutChanges, stepSince } from '../../../../lib/store/rollout/changes';
import { campaignHolds, holdCampaigns, resumeCampaign } from '../../../../lib/store/rollout/holds';
import { rolloutStanding } from '../../../../lib/store/rollout/standing';
import { settleOccasions } from '../../../../lib/store/settling';
import { undoMerge } from '../../../../lib/store/merging/undoMerge';
import { CourseShop, noon } from '../../../support/courseShop';
import { customer, openTestStore, saved, type TestStore } from '../../../support/store';

const TODAY = '2026-03-02';
const NOW = noon(TODAY);
const MOVE = { who: 'chiara', figures: [{ name: 'weeks' }], note: 'va bene' };
const HOLD = { campaign: 'recall.vision', channel: 'email' as const, reason: 'BRAKE_OPTOUTS' as const, figures: { bad: 5, of: 10, threshold: 0.02 } };

let test: TestStore;
let shop: CourseShop;
beforeEach(async () => {
	test = await openTestStore(NOW, true);
	shop = new CourseShop(test.store, [visionCheck(VISION_DEFAULTS)]);
});
afterEach(async () => await test.close());

const step = async () => (await rolloutStanding(test.store)).step;
/** Somebody who is due for a vision check on the day, handed out, and held for a reason. */
const held = async (reason: string, day = TODAY) => {
	const [id] = await saved(test.store, [customer({ birthDate: '1980-05-05' })], noon('2024-01-01'));
	await shop.exam(id, plusMonths(day, -24));
	const [found] = await shop.poll(day);
	await settleOccasions(test.store, [{ occasionId: found.occasionId as number, outcome: 'held', reason }], noon(day));
	return { ...found, day };
};

describe('steps', () => {
	it('begin with the data, open one after the other, and keep who, when and the figures', async () => {
		expect(await step()).toBe('data');
		expect(await openStep(test.store, 'recall', MOVE, NOW)).toBe(false);
		expect(await openStep(test.store, 'relational', MOVE, NOW)).toBe(true);
		// Two people at once: one of them was late.
		expect(await openStep(test.store, 'relational', MOVE, NOW)).toBe(false);
		expect(await openStep(test.store, 'recall', MOVE, noon('2026-04-02'))).toBe(true);
		expect(await step()).toBe('recall');
		expect(await rolloutChanges(test.store, 9)).toMatchObject([{ step: 'recall', kind: 'opened', at: noon('2026-04-02') }, { step: 'relational', kind: 'opened', at: NOW, ...MOVE }]);
		expect(await stepSince(test.store)).toEqual({ since: noon('2026-04-02'), day: '2026-04-02' });
	});

	it('fall back to an earlier one only, and can never be rewritten', async () => {
		await openStep(test.store, 'relational', MOVE, NOW);
		await openStep(test.store, 'recall', MOVE, NOW);
		expect(await fallBack(test.store, 'recall', MOVE, NOW)).toBe(false);
		expect(await fallBack(test.store, 'relational', MOVE, NOW)).toBe(true);
		expect(await step()).toBe('relational');
		expect(await fallBack(test.store, 'promotional', MOVE, NOW)).toBe(false);
		for (const change of ["update rollout_changes set step = 'promotional'", 'delete from rollout_changes']) await expect(sql.raw(change).execute(test.store.db)).rejects.toThrow(/append-only/);
	});

	it('of a new shop last since its first customer', async () => {
		expect(await stepSince(test.store)).toBeUndefined();
		await saved(test.store, [customer()], NOW);
		expect(await stepSince(test.store)).toEqual({ since: NOW, day: NOW.slice(0, 10) });
	});

	it('last since the day of the rehearsal where the shop has one', async () => {
		const rehearsing = { ...test.store, shop: { ...test.store.shop, rehearsalDate: '2031-05-06' } };
		await openStep(rehearsing, 'relational', MOVE, NOW);
		expect(await stepSince(test.store)).toEqual({ since: NOW, day: '2031-05-06' });
	});
});

describe('what was held', () => {
	it('comes again when its step opens inside its window, with its life before it', async () => {
		const { day, occasionId } = await held('ROLLOUT_PHASE');
		expect(await shop.poll(plusDays(day, 1))).toEqual([]);
		await openStep(test.store, 'relational', MOVE, noon(plusDays(day, 1)));
		expect(await shop.poll(plusDays(day, 2))).toMatchObject([{ occasionId }]);
		expect(await test.store.db.selectFrom('occasions').select(['state', 'claims', 'outcome']).execute()).toEqual([{ state: 'leased', claims: 1, outcome: null }]);
	});

	it('does not come again after its window, and stays held', async () => {
		const { day, expiresOn } = await held('ROLLOUT_PHASE');
		const late = plusDays(expiresOn as string, 1);
		expect(late > day).toBe(true);
		await openStep(test.store, 'relational', MOVE, noon(late));
		expect(await shop.poll(late)).toEqual([]);
		expect(await shop.ledger()).toEqual(['recall.vision 1 settled held ROLLOUT_PHASE']);
	});

	it('does not come again where the customer came meanwhile', async () => {
		const { day, customer: { id } } = await held('ROLLOUT_PHASE');
		await shop.exam(id, plusDays(day, 1));
		await openStep(test.store, 'relational', MOVE, noon(plusDays(day, 2)));
		expect(await shop.poll(plusDays(day, 2))).toEqual([]);
		expect(await shop.ledger()).toEqual(['recall.vision 1 settled stopped CAME_BACK']);
	});

	it('stays out where it is held out, whatever opens', async () => {
		const { day } = await held('HOLDOUT');
		await openStep(test.store, 'relational', MOVE, noon(day));
		expect(await shop.poll(plusDays(day, 1))).toEqual([]);
		expect(await shop.ledger()).toEqual(['recall.vision 1 settled held HOLDOUT']);
	});

	it('comes again when its campaign is resumed, and not when another one is', async () => {
		const { day, occasionId } = await held('BRAKE_OPTOUTS');
		await holdCampaigns(test.store, [HOLD, { ...HOLD, campaign: 'birthday' }], noon(day));
		const [own, other] = await campaignHolds(test.store, noon(day));
		await resumeCampaign(test.store, other.id, 'chiara', 'x', noon(day));
		expect(await shop.poll(plusDays(day, 1))).toEqual([]);
		await resumeCampaign(test.store, own.id, 'chiara', 'x', noon(plusDays(day, 1)));
		expect(await shop.poll(plusDays(day, 2))).toMatchObject([{ occasionId }]);
	});
});

describe('a hold', () => {
	it('is made once, tells the lead, and ends with a person and a note', async () => {
		expect(await holdCampaigns(test.store, [HOLD], NOW)).toEqual([HOLD]);
		expect(await holdCampaigns(test.store, [{ ...HOLD, reason: 'BRAKE_BOUNCES' }], NOW)).toEqual([]);
		expect(await rolloutStanding(test.store)).toEqual({ step: 'data', holds: [{ campaign: 'recall.vision', channel: 'email', reason: 'BRAKE_OPTOUTS' }] });
		expect(await listAlerts(test.store, NOW)).toMatchObject([{ kind: 'brake', subject: 'recall.vision email', code: 'BRAKE_OPTOUTS' }]);
		const [{ id }] = await campaignHolds(test.store, NOW);
		expect(await resumeCampaign(test.store, id, 'chiara', 'testo cambiato', NOW)).toBe(true);
		expect(await resumeCampaign(test.store, id, 'marco', 'x', NOW)).toBe(false);
		expect(await campaignHolds(test.store, NOW)).toEqual([{ id, ...HOLD, heldAt: NOW, resumedAt: NOW, resumedBy: 'chiara', note: 'testo cambiato' }]);
		expect(await listAlerts(test.store, NOW)).toMatchObject([{ until: NOW }]);
		// And it may be held anew.
		expect(await holdCampaigns(test.store, [HOLD], NOW)).toEqual([HOLD]);
	});

	it('on every channel and on one are two, and another shop has its own', async () => {
		const whole = { ...HOLD, channel: undefined };
		expect(await holdCampaigns(test.store, [HOLD, whole], NOW)).toHaveLength(2);
		expect((await rolloutStanding({ ...test.store, shop: { ...test.store.shop, id: 99 } })).holds).toEqual([]);
	});
});

describe('groups', () => {
	const occasion = async (customerId: number, dueOn = '2026-01-01') => (await sql<{ id: number }>`insert into occasions (shop_id, customer_id, kind, due_on, stage, state, claims, created_at)
		values (1, ${customerId}, 'birthday', ${dueOn}, 1, 'settled', 1, ${NOW}) returning id`.execute(test.store.db)).rows[0].id;
	const assigned = async () => (await sql<{ customer_id: number; grp: string }>`select customer_id, grp from campaign_assignments order by occasion_id`.execute(test.store.db)).rows;

	it('stay as they were noted first', async () => {
		const [id] = await saved(test.store, [customer()]);
		const occasionId = await occasion(id);
		expect(await assignGroups(test.store, [{ occasionId, group: 'holdout' }], TODAY, NOW)).toEqual(new Map([[occasionId, 'holdout']]));
		expect(await assignGroups(test.store, [{ occasionId, group: 'contact' }], TODAY, NOW)).toEqual(new Map([[occasionId, 'holdout']]));
		expect(await test.store.db.selectFrom('campaign_assignments').selectAll().execute()).toEqual([{ occasion_id: occasionId, shop_id: 1, customer_id: id, campaign: 'birthday', grp: 'holdout', assigned_on: TODAY, assigned_at: NOW }]);
	});

	it('follow their occasions when customers are merged, and go back with an undo', async () => {
		const [kept, merged] = await saved(test.store, [customer(), customer()]);
		const [doubled, own, other] = [await occasion(merged), await occasion(kept), await occasion(merged, '2025-01-01')];
		await assignGroups(test.store, [{ occasionId: doubled, group: 'holdout' }, { occasionId: own, group: 'contact' }, { occasionId: other, group: 'holdout' }], TODAY, NOW);
		const { mergeId } = await mergeCustomers(test.store, { keptId: kept, mergedId: merged, who: 'chiara' }, NOW);
		expect(await assigned()).toEqual([{ customer_id: merged, grp: 'holdout' }, { customer_id: kept, grp: 'contact' }, { customer_id: kept, grp: 'holdout' }]);
		await undoMerge(test.store, mergeId, NOW);
		expect(await assigned()).toEqual([{ customer_id: merged, grp: 'holdout' }, { customer_id: kept, grp: 'contact' }, { customer_id: merged, grp: 'holdout' }]);
	});
});
