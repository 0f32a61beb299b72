import fc from 'fast-check';
import { plusMinutes } from '../../../lib/domain/time';
import { forgottenBefore, secondsToWait } from '../../../lib/desk/throttle';

const at = '2026-11-22T10:00:00.000Z';
const after = (seconds: number) => plusMinutes(at, seconds / 60);

describe('secondsToWait', () => {
	it.each([
		[0, 0], [1, 0], [3, 0], [4, 2], [5, 4], [6, 8], [12, 512], [13, 900], [14, 900], [5000, 900],
	])('after %i failures: %i s', (count, seconds) => {
		expect(secondsToWait({ count, lastAt: at }, at)).toBe(seconds);
	});

	it('counts down to nothing', () => {
		const failures = { count: 6, lastAt: at };
		expect([0, 0.5, 1, 7.9, 8, 60].map((seconds) => secondsToWait(failures, after(seconds)))).toEqual([8, 8, 7, 1, 0, 0]);
	});

	it('waits for nobody who has not failed', () => {
		expect(secondsToWait(undefined, at)).toBe(0);
	});

	it('forgets after a day', () => {
		expect(forgottenBefore(at)).toBe('2026-11-21T10:00:00.000Z');
	});

	it('never makes anybody wait for more than 15 minutes, whatever the clock does', () => {
		fc.assert(
			fc.property(fc.nat(), fc.integer({ min: -1e6, max: 1e6 }), (count, seconds) => {
				const wait = secondsToWait({ count, lastAt: after(seconds) }, at);
				expect(wait).toBeGreaterThanOrEqual(0);
				expect(wait).toBeLessThanOrEqual(900);
			}),
		);
	});
});
