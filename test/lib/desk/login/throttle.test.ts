import fc from 'fast-check';
import { limitAt, secondsUntil, THROTTLES, waitAfter } from '../../../../lib/desk/login/throttle';

const at = '2026-11-22T10:00:00.000Z';

describe('waitAfter', () => {
	it.each([
		[0, 0], [1, 0], [3, 0], [4, 2], [5, 4], [6, 8], [12, 512], [13, 900], [14, 900], [5000, 900],
	])('after %i attempts at one name from one address: %i s', (attempts, seconds) => {
		expect(waitAfter(attempts, THROTTLES.pair)).toBe(seconds);
	});

	it('leaves an address and a name alone for longer', () => {
		expect([waitAfter(20, THROTTLES.address), waitAfter(21, THROTTLES.address)]).toEqual([0, 2]);
		expect([waitAfter(100, THROTTLES.account), waitAfter(101, THROTTLES.account)]).toEqual([0, 2]);
	});

	it('never makes anybody wait for more than 15 minutes', () => {
		fc.assert(fc.property(fc.nat(), (attempts) => {
			expect(waitAfter(attempts, THROTTLES.pair)).toBeGreaterThanOrEqual(0);
			expect(waitAfter(attempts, THROTTLES.pair)).toBeLessThanOrEqual(900);
		}));
	});
});

describe('limitAt', () => {
	it('gives the waits beyond the free attempts, up to the longest', () => {
		const { free, forgottenBefore, waits } = limitAt(at, THROTTLES.pair);
		expect([free, forgottenBefore]).toEqual([3, '2026-11-21T10:00:00.000Z']);
		expect([waits[0], waits[1], waits[waits.length - 1]]).toEqual(['2026-11-22T10:00:02.000Z', '2026-11-22T10:00:04.000Z', '2026-11-22T10:15:00.000Z']);
	});
});

it('says whole seconds, at least one', () => {
	expect([secondsUntil('2026-11-22T10:00:01.200Z', at), secondsUntil('2026-11-22T09:00:00.000Z', at)]).toEqual([2, 1]);
});
