import { RateLimit } from '../../../lib/web/rateLimit';

describe('RateLimit', () => {
	it('lets a burst through, then so many a minute, each key for itself', () => {
		const limit = new RateLimit({ burst: 3, perMinute: 60 });
		expect([1, 2, 3, 4].map(() => limit.take('a', 0))).toEqual([0, 0, 0, 1]);
		expect(limit.take('b', 0)).toBe(0);
		expect([limit.take('a', 1000), limit.take('a', 1000)]).toEqual([0, 1]);
		expect([1, 2, 3, 4].map(() => limit.take('a', 60_000))).toEqual([0, 0, 0, 1]);
	});

	it('does not give more when the clock is set back', () => {
		const limit = new RateLimit({ burst: 1, perMinute: 60 });
		expect([limit.take('a', 10_000), limit.take('a', 0)]).toEqual([0, 1]);
	});

	it('forgets who was not seen for longest, never more than it may keep', () => {
		const limit = new RateLimit({ burst: 1, perMinute: 1 }, 2);
		for (const key of ['a', 'b', 'a', 'c']) limit.take(key, 0);
		expect(limit.take('a', 0)).toBeGreaterThan(0);
		expect(limit.take('b', 0)).toBe(0);
	});
});
