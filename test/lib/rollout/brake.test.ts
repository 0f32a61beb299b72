import fc from 'fast-check';
import { Random } from '../../../demo/shop/random';
import { USUAL_ROLLOUT } from '../../../lib/domain/rolloutSettings';
import { brakePulls, evidenceOfHarm } from '../../../lib/rollout/brake';
import { falseAlarmsOfOne, thresholdOf } from '../../../lib/rollout/thresholds';

const SHOPS = 1000;
const THRESHOLD = thresholdOf('optOuts', USUAL_ROLLOUT);
const RATE = falseAlarmsOfOne(USUAL_ROLLOUT);

/** After how many messages the brake of each shop pulls, looked at after every single one; undefined where it never does. */
function pulls(trueShare: number, messages: number, seed: number, threshold = THRESHOLD, rate = RATE): Array<number | undefined> {
	const random = new Random(seed);
	return Array.from({ length: SHOPS }, () => {
		let bad = 0;
		for (let of = 1; of <= messages; of++) {
			const isBad = random.chance(trueShare);
			if (isBad) bad++;
			// Only something bad adds to the evidence.
			if (isBad && brakePulls({ bad, of }, threshold, rate)) return of;
		}
		return undefined;
	});
}
const shareOf = (all: Array<number | undefined>) => all.filter((one) => one !== undefined).length / all.length;
/** Three standard deviations above the rate. */
const bound = (rate: number) => rate + 3 * Math.sqrt((rate * (1 - rate)) / SHOPS);

describe('over a thousand simulated shops, each looked at after every message', () => {
	it('pulls at most at the stated rate where the campaign does no harm, even where it lies at the very threshold', () => {
		expect(RATE).toBe(0.01);
		expect(shareOf(pulls(THRESHOLD, 2000, 1))).toBeLessThanOrEqual(bound(RATE));
		expect(shareOf(pulls(THRESHOLD / 2, 2000, 2))).toBeLessThanOrEqual(bound(RATE) / 2);
	});

	it('holds a greater stated rate too: it is a bound, not an accident of the small one', () => {
		expect(shareOf(pulls(0.2, 1000, 3, 0.2, 0.1))).toBeLessThanOrEqual(bound(0.1));
	});

	// The power that the docs state: harm of three times the threshold, and of six times.
	it('pulls where the campaign does harm: in nine of ten shops within 600 messages at 6 %, and within 150 at 12 %', () => {
		expect(shareOf(pulls(0.06, 600, 4))).toBeGreaterThan(0.9);
		expect(shareOf(pulls(0.12, 150, 5))).toBeGreaterThan(0.9);
	});
});

it('is honest about small numbers: the first refusals of a campaign say little', () => {
	for (const observed of [{ bad: 1, of: 1 }, { bad: 1, of: 5 }, { bad: 2, of: 30 }]) expect(brakePulls(observed, THRESHOLD, RATE)).toBe(false);
	expect(brakePulls({ bad: 5, of: 10 }, THRESHOLD, RATE)).toBe(true);
});

it('begins at no evidence, grows with what is bad and shrinks with what is good', () => {
	expect(evidenceOfHarm({ bad: 0, of: 0 }, 0.02)).toBe(1);
	fc.assert(fc.property(fc.nat(60), fc.nat(200), fc.double({ min: 0.001, max: 0.9, noNaN: true }), (bad, good, threshold) => {
		const evidence = evidenceOfHarm({ bad, of: bad + good }, threshold);
		expect(evidenceOfHarm({ bad: bad + 1, of: bad + good + 1 }, threshold)).toBeGreaterThan(evidence);
		expect(evidenceOfHarm({ bad, of: bad + good + 1 }, threshold)).toBeLessThan(evidence);
	}));
});

it('expects no more of the next message than what it has, wherever the true share is allowed to lie: an e-process', () => {
	fc.assert(fc.property(fc.nat(60), fc.nat(300), fc.double({ min: 0.001, max: 0.9, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (bad, good, threshold, part) => {
		const share = threshold * part;
		const of = bad + good;
		const next = share * evidenceOfHarm({ bad: bad + 1, of: of + 1 }, threshold) + (1 - share) * evidenceOfHarm({ bad, of: of + 1 }, threshold);
		expect(next).toBeLessThanOrEqual(evidenceOfHarm({ bad, of }, threshold) * (1 + 1e-9));
	}));
});
