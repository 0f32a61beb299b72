import fc from 'fast-check';
import { plusDays } from '../../../lib/domain/time';
import { GOALS, type SegmentGoal } from '../../../lib/domain/segmentGoal';
import { goalDay, goalFault, goalProgress as progressOf } from '../../../lib/report/goals';
import { obviousCounts, type GoalMember } from './obviousGoals';

const goal = (changes: Partial<SegmentGoal>): SegmentGoal => ({ goal: 'return', months: 6, target: 500, setOn: '2026-01-01', dueOn: '2026-12-31', ...changes });
const member = (changes: Partial<GoalMember>): GoalMember => ({ visits: [], contacts: [], pairs: [], ...changes });
const came = (...visits: string[]) => member({ visits });
const goalProgress = (wanted: SegmentGoal, members: readonly GoalMember[], today: string) => progressOf(wanted, obviousCounts(wanted, members, goalDay(wanted, today)), today);

describe('how far it is', () => {
	const members = [came('2026-02-01'), came('2026-03-01'), came('2026-09-01'), came(), came()];

	it('counts who is there, who is missing and the days that are left', () => {
		expect(goalProgress(goal({ months: 12 }), members, '2026-03-01')).toEqual({ state: 'on-the-way', members: 5, there: 2, startPermille: 0, permille: 400, missing: 1, daysLeft: 305 });
		expect(goalProgress(goal({ months: 12 }), members, '2026-09-01')).toMatchObject({ state: 'reached', there: 3, missing: 0 });
	});

	it('is behind where a straight line would be further', () => {
		// A year of 364 days until it is due: 400 permille are the line's on 19 October.
		expect(goalProgress(goal({ months: 12 }), members.toSpliced(2, 1, came()), '2026-10-19').state).toBe('on-the-way');
		expect(goalProgress(goal({ months: 12 }), members.toSpliced(2, 1, came()), '2026-10-20').state).toBe('behind');
	});

	it('draws the line from where the segment stood when it was set', () => {
		const two = [{ from: '2025-01-01', until: '2028-01-01' }, { from: '2025-01-01', until: '2028-01-01' }];
		const wanted = goal({ goal: 'second-pair', target: 600 });
		const some = [member({ pairs: two }), member({ pairs: two }), member({}), member({}), member({})];
		expect(goalProgress(wanted, some, '2026-01-01')).toMatchObject({ state: 'on-the-way', startPermille: 400, permille: 400, missing: 1 });
		// A line from nothing would be at 300 by now.
		expect(goalProgress(wanted, some, '2026-07-01').state).toBe('behind');
	});

	it('is missed after the day, and stays as it was on it', () => {
		const late = [came('2026-02-01'), came('2027-01-05'), came('2027-01-05'), came()];
		expect(goalProgress(goal({ months: 24 }), late, '2026-12-31')).toMatchObject({ state: 'behind', daysLeft: 0 });
		expect(goalProgress(goal({ months: 24 }), late, '2027-06-01')).toMatchObject({ state: 'missed', there: 1, missing: 1, permille: 250, daysLeft: 0 });
	});

	it('is over with the months of a return, even where it was due later', () => {
		expect(goalProgress(goal({ months: 3 }), members, '2026-04-01')).toMatchObject({ state: 'behind', daysLeft: 0 });
		expect(goalProgress(goal({ months: 3 }), members, '2026-04-02')).toMatchObject({ state: 'missed', there: 2 });
	});

	it('is nothing for nobody', () => {
		expect(goalProgress(goal({}), [], '2026-03-01')).toEqual({ state: 'nobody', members: 0, there: 0, missing: 0, daysLeft: 122 });
	});

	it.each([{ months: undefined }, { months: 0 }, { goal: 'stay-in-touch' as const, months: 1.5 }, { target: 0 }, { target: 1001 }, { target: 12.5 }, { dueOn: '2026-01-01' }])('refuses %j', (wrong) => {
		expect(() => goalProgress(goal(wrong), members, '2026-03-01')).toThrow(RangeError);
		expect(goalFault(goal(wrong))).toBe(Object.keys(wrong).at(-1));
	});
});

it('reaches the target exactly where nobody is missing any more, whatever the goal', () => {
	const day = fc.integer({ min: -400, max: 400 }).map((days) => plusDays('2026-01-01', days));
	const days = fc.array(day, { maxLength: 3 });
	const someone = fc.record({ visits: days, contacts: days, pairs: fc.array(fc.record({ from: day, until: day }), { maxLength: 3 }) });
	fc.assert(fc.property(fc.array(someone, { minLength: 1, maxLength: 12 }), fc.constantFrom(...GOALS), fc.integer({ min: 1, max: 1000 }), day, (members, kind, target, today) => {
		const { state, there: count, missing, permille } = goalProgress(goal({ goal: kind, target }), members, today);
		expect(state === 'reached').toBe(permille! >= target);
		expect(count + missing).toBeLessThanOrEqual(Math.max(count, members.length));
		expect((count + missing) * 1000).toBeGreaterThanOrEqual(target * members.length);
		if (missing > 0) expect((count + missing - 1) * 1000).toBeLessThan(target * members.length);
	}));
});
