import fc from 'fast-check';
import { READY_MADE } from '../../../../lib/segments/readyMade';
import { SEGMENT_DEFAULTS } from '../../../../lib/domain/segment';
import { GOALS, type StoredGoal } from '../../../../lib/domain/segmentGoal';
import { plusDays, plusMonths } from '../../../../lib/domain/time';
import { mergeCustomers } from '../../../../lib/store/merging/mergeCustomers';
import { eraseCustomers } from '../../../../lib/store/erasing/eraseCustomers';
import { openStore, type Store } from '../../../../lib/store/open';
import { endGoal, goalCounts, openGoals, setGoal } from '../../../../lib/store/report/goals';
import { saveShop } from '../../../../lib/store/shops';
import { customer, ON_POSTGRES, openTestStore, saved, type TestStore } from '../../../support/store';
import { approved } from '../../../support/approved';
import { obviousCounts, type GoalMember } from '../../report/obviousGoals';
import { insertRows, rowOf } from './rows';

const NOW = '2026-01-01T08:00:00.000Z';
const SET_ON = '2026-01-01';
const { usefulMonths } = SEGMENT_DEFAULTS;
const scope = { today: SET_ON, settings: SEGMENT_DEFAULTS };

let test: TestStore;
beforeEach(async () => void (test = await openTestStore(NOW)));
afterEach(async () => await test.close());

const set = async (store: Store, changes: Partial<Parameters<typeof setGoal>[1]> = {}) =>
	await setGoal(store, { segment: 'prospects', goal: 'return', months: 6, target: 500, dueOn: '2026-12-31', setOn: SET_ON, setBy: 'chiara', rule: READY_MADE.prospects.rule, scope, ...changes }, NOW);
const known = async (goal: StoredGoal, day: string) => await goalCounts(test.store, goal, day, usefulMonths);

it('is kept with who set it; another one of the same segment takes its place, and an ended one is gone', async () => {
	await saved(test.store, [customer()]);
	const first = await set(test.store);
	await set(test.store, { segment: 'lapsed', rule: READY_MADE.lapsed.rule, goal: 'second-pair', months: undefined, target: 30, dueOn: '2026-06-30' });
	expect(await openGoals(test.store)).toEqual([
		{ id: first + 1, segment: 'lapsed', goal: 'second-pair', target: 30, dueOn: '2026-06-30', setBy: 'chiara', setAt: NOW, setOn: SET_ON },
		{ id: first, segment: 'prospects', goal: 'return', months: 6, target: 500, dueOn: '2026-12-31', setBy: 'chiara', setAt: NOW, setOn: SET_ON },
	]);
	const second = await set(test.store, { target: 700 });
	expect((await openGoals(test.store)).map(({ id }) => id)).toEqual([first + 1, second]);
	expect([await endGoal(test.store, second, NOW), await endGoal(test.store, second, NOW), await endGoal(test.store, first, NOW)]).toEqual([true, false, false]);
	expect(await openGoals(test.store)).toMatchObject([{ segment: 'lapsed' }]);
	expect((await test.store.db.selectFrom('segment_members').select('name').execute()).map(({ name }) => name)).toEqual([]);
});

it('is of one shop: another neither sees nor ends it, and has its own for the same segment', async () => {
	await saveShop(test.store.db, 'other', { name: 'Altra', privacyNotices: [], policy: {} }, NOW);
	const other = await openStore({ ...test.settings, shop: 'other' });
	await saved(test.store, [customer(), customer()]);
	await saved(other, [customer()]);
	const id = await set(test.store);
	await set(other);
	expect(await endGoal(other, id, NOW)).toBe(false);
	const [mine] = await openGoals(test.store);
	const [theirs] = await openGoals(other);
	expect([mine.id, (await known(mine, SET_ON)).members, (await goalCounts(other, theirs, SET_ON, usefulMonths)).members]).toEqual([id, 2, 1]);
});

it('counts who was in the segment on that day, whatever became of them: merged ones once, erased ones no more', async () => {
	const [a, b, c] = await saved(test.store, [customer(), customer(), customer(), customer()]);
	await set(test.store);
	const [goal] = await openGoals(test.store);
	await saved(test.store, [customer()]);
	await insertRows(test.store, 'equipment', [rowOf.sale(test.store, a, { ordered_on: '2026-02-01' })]);
	expect(await known(goal, '2026-03-01')).toEqual({ members: 4, atStart: 0, there: 1 });
	await mergeCustomers(test.store, { keptId: b, mergedId: a, who: 'x' }, NOW);
	expect(await known(goal, '2026-03-01')).toEqual({ members: 3, atStart: 0, there: 1 });
	await eraseCustomers(test.store, [c], { reason: 'request', who: 'x' }, NOW);
	expect((await known(goal, '2026-03-01')).members).toBe(2);
});

const day = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -400, max: 400 }).map((days) => plusDays(SET_ON, days)) }, { weight: 1, arbitrary: fc.constantFrom(SET_ON, '2026-01-02', '2026-06-30', '2026-07-01', '2026-07-02') });
const days = fc.array(day, { maxLength: 2 });
const someone = fc.record({
	exams: days, kept: days, missed: days, bought: days, arrived: fc.option(day, { nil: undefined }), bounced: fc.option(day, { nil: undefined }),
	pairs: fc.array(fc.record({ from: day, months: fc.constantFrom(1, 6, 13, 30), returned: fc.option(day, { nil: undefined, freq: 4 }) }), { maxLength: 3 }),
});

it('counts who is there as one would by hand', async () => {
	await fc.assert(fc.asyncProperty(fc.array(someone, { minLength: 1, maxLength: 6 }), fc.constantFrom(...GOALS), fc.constantFrom(1, 6, 12), day, async (people, goal, months, today) => {
		const { store } = test;
		for (const table of ['exams', 'equipment', 'appointments', 'campaign_assignments', 'message_history', 'messages'] as const) await store.db.deleteFrom(table).execute().catch(() => undefined);
		await store.db.updateTable('customers').set({ deceased: 1 }).execute();
		await store.db.updateTable('messages').set({ sent_on: null }).execute();
		const written = await approved(store, 'email', people.map((_, index) => ({ contactPoints: [{ kind: 'email' as const, value: `p${index}.${Math.random()}@posta.example` }] })), NOW);
		await set(store, { goal, months });
		const [stored] = await openGoals(store);
		for (const [index, { exams, kept, missed, bought, arrived, bounced, pairs }] of people.entries()) {
			const { customerId, id } = written[index];
			await insertRows(store, 'exams', exams.map((on) => rowOf.exam(store, customerId, on)));
			await insertRows(store, 'appointments', [...kept.map((on) => rowOf.appointment(store, customerId, on)), ...missed.map((on) => rowOf.appointment(store, customerId, on, 'missed'))]);
			await insertRows(store, 'equipment', [
				...bought.map((on) => rowOf.sale(store, customerId, { kind: 'other', ordered_on: on, delivered_on: plusDays(on, 9) })),
				...pairs.map(({ from, months: useful, returned }) => rowOf.sale(store, customerId, { ordered_on: '2020-01-01', delivered_on: from, useful_months: useful, returned_on: returned })),
			]);
			const sentOn = arrived ?? bounced;
			if (sentOn) await store.db.updateTable('messages').set({ state: arrived ? 'delivered' : 'failed', sent_on: sentOn }).where('id', '=', id).execute();
		}
		const members = people.map(({ exams, kept, bought, arrived, pairs }): GoalMember => ({
			visits: [...exams, ...kept, ...bought, ...(pairs.length ? ['2020-01-01'] : [])], contacts: arrived ? [arrived] : [],
			pairs: pairs.map(({ from, months: useful, returned }) => ({ from, until: [plusMonths(from, useful), returned ?? '9999'].sort()[0] })),
		}));
		expect(await known(stored, today)).toEqual(obviousCounts(stored, members, today));
	}), { numRuns: ON_POSTGRES ? 15 : 40 });
}, 240_000);
