import fc from 'fast-check';
import { reserve, roomFor } from '../../../lib/channels/pace';
import { FRESH_SENDER, type RateLimits, type SenderState } from '../../../lib/domain/sender';

const NOW = '2026-11-22T08:00:00.000Z';
const TODAY = '2026-11-22';
const at = (ms: number) => new Date(Date.parse(NOW) + ms).toISOString();
const limits = (some: Partial<RateLimits>): RateLimits => ({ perSecond: 0, perMinute: 0, perDay: 0, ...some });
const offsets = (slots: number[]) => slots.map((slot) => slot - Date.parse(NOW));

it('has room for all, at once, where there is no limit', () => {
	expect(roomFor(FRESH_SENDER, limits({}), 500, TODAY, NOW)).toEqual({ most: 500 });
	expect(offsets(reserve(FRESH_SENDER, limits({}), 3, TODAY, NOW).slots)).toEqual([0, 0, 0]);
});

it('spreads evenly by the narrower of second and minute', () => {
	expect(offsets(reserve(FRESH_SENDER, limits({ perSecond: 10, perMinute: 60 }), 3, TODAY, NOW).slots)).toEqual([0, 1000, 2000]);
	expect(offsets(reserve(FRESH_SENDER, limits({ perSecond: 80 }), 3, TODAY, NOW).slots)).toEqual([0, 12.5, 25]);
});

it('goes on where others have reserved, and not in the past', () => {
	const { state } = reserve(FRESH_SENDER, limits({ perSecond: 2 }), 4, TODAY, NOW);
	expect(state.nextAt).toBe(at(2000));
	expect(offsets(reserve(state, limits({ perSecond: 2 }), 1, TODAY, at(100)).slots)).toEqual([2000]);
	expect(offsets(reserve(state, limits({ perSecond: 2 }), 1, TODAY, at(9000)).slots)).toEqual([9000]);
});

it('gives away only the turns of the next ten seconds, and says how long until there are more', () => {
	const slow = limits({ perMinute: 12 });
	expect(roomFor(FRESH_SENDER, slow, 10, TODAY, NOW)).toEqual({ most: 3 });
	const { state } = reserve(FRESH_SENDER, slow, 3, TODAY, NOW);
	expect(roomFor(state, slow, 10, TODAY, NOW)).toEqual({ most: 0, why: 'RATE_LIMIT', waitMs: 5000 });
	expect(roomFor(state, slow, 10, TODAY, at(5000))).toEqual({ most: 1 });
});

it('waits for nobody who reserved by a clock that was ahead', () => {
	const slow = limits({ perMinute: 1 });
	// The furthest that anybody reserves, by the clock of another machine that is a minute ahead.
	const [furthest, ahead] = [130_000, 130_001].map((ms): SenderState => ({ ...FRESH_SENDER, nextAt: at(ms) }));
	expect(roomFor(furthest, slow, 10, TODAY, NOW)).toEqual({ most: 0, why: 'RATE_LIMIT', waitMs: 120_000 });
	expect(roomFor(ahead, slow, 10, TODAY, NOW)).toEqual({ most: 1 });
	expect(offsets(reserve({ ...FRESH_SENDER, nextAt: at(86_400_000) }, slow, 2, TODAY, NOW).slots)).toEqual([0, 60_000]);
});

it('counts the shop\'s day, and begins anew on the next', () => {
	const daily = limits({ perDay: 5 });
	const { state } = reserve(FRESH_SENDER, daily, 3, TODAY, NOW);
	expect(roomFor(state, daily, 10, TODAY, NOW)).toEqual({ most: 2 });
	const full = reserve(state, daily, 2, TODAY, NOW).state;
	expect(roomFor(full, daily, 10, TODAY, NOW)).toEqual({ most: 0, why: 'DAY_LIMIT' });
	expect(roomFor(full, daily, 10, '2026-11-23', NOW)).toEqual({ most: 5 });
	expect(reserve(full, daily, 1, '2026-11-23', NOW).state).toMatchObject({ day: '2026-11-23', dayCount: 1 });
});

it('whoever asks and when: no second and no minute ever holds more than its limit', () => {
	const ask = fc.record({ pause: fc.integer({ min: 0, max: 4000 }), wanted: fc.integer({ min: 1, max: 50 }) });
	fc.assert(fc.property(fc.array(ask, { maxLength: 40 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 30, max: 600 }), (asks, perSecond, perMinute) => {
		const given = limits({ perSecond, perMinute });
		let [state, now]: [SenderState, number] = [FRESH_SENDER, 0];
		const slots: number[] = [];
		for (const { pause, wanted } of asks) {
			now += pause;
			const { most } = roomFor(state, given, wanted, TODAY, at(now));
			const reserved = reserve(state, given, most, TODAY, at(now));
			if (most === 0) continue;
			slots.push(...offsets(reserved.slots));
			state = reserved.state;
			expect(Math.min(...offsets(reserved.slots))).toBeGreaterThanOrEqual(now);
			expect(Math.max(...offsets(reserved.slots))).toBeLessThanOrEqual(now + 10_000);
		}
		for (const [span, most] of [[1000, perSecond], [60_000, perMinute]]) {
			// A rounding error of floating point apart.
			slots.forEach((slot, index) => expect(slots.filter((other, place) => place >= index && other < slot + span - 0.001).length).toBeLessThanOrEqual(most));
		}
	}));
});
