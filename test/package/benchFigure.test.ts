import { figure, median, sideBySide } from '../bench/figure';

it('divides the baseline by ours, so that more is better, and holds from the limit on', () => {
	expect(figure('a', 4, 2, 'ms', 0.5)).toEqual({ name: 'a', ours: 4, baseline: 2, unit: 'ms', ratio: 0.5, limit: 0.5, holds: true });
	expect(figure('a', 4.1, 2, 'ms', 0.5)).toMatchObject({ ratio: 0.488, holds: false });
});

it('takes the middle one of several values', () => {
	expect([median([9, 1, 2]), median([4, 1, 3, 100])]).toEqual([2, 3.5]);
});

it('lets both sides run in turns, and leaves out the rounds and the work that do not count', async () => {
	const calls: string[] = [];
	const waiting = async () => await new Promise((resolve) => setTimeout(resolve, 30));
	const ours = { before: async () => await waiting(), work: () => void calls.push('ours') };
	const { ours: time } = await sideBySide('a', ours, () => void calls.push('baseline'), 0, { rounds: 2, warmUps: 1 });
	expect(calls).toEqual(['ours', 'baseline', 'ours', 'baseline', 'ours', 'baseline']);
	expect(time).toBeLessThan(15);
});
