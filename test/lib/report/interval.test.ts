import fc from 'fast-check';
import { Random } from '../../../demo/shop/random';
import { revenueDifference, shareDifference, shareInterval, studentT, type Amounts } from '../../../lib/report/interval';
import { binomialError, MEAN_BASKET, SHOPS, SimulatedCampaign, TRUTHS } from './simulatedCampaign';

const amountsOf = (amounts: readonly number[]): Amounts => ({
	of: amounts.length, buyers: amounts.filter((amount) => amount > 0).length,
	sum: amounts.reduce((sum, amount) => sum + amount, 0), sumOfSquares: amounts.reduce((sum, amount) => sum + amount ** 2, 0),
});
const share = fc.nat(3000).chain((of) => fc.nat(of).map((hits) => ({ hits, of })));
const some = share.filter(({ of }) => of > 0);

describe('the difference of two shares', () => {
	// Newcombe 1998, table II, method 10.
	it.each([
		[56, 70, 48, 80, 0.0524, 0.3339],
		[9, 10, 3, 10, 0.1705, 0.809],
		[5, 56, 0, 29, -0.0381, 0.1926],
		[0, 10, 0, 20, -0.1611, 0.2775],
		[10, 10, 0, 10, 0.6075, 1],
	])('is that of the paper: %d/%d against %d/%d', (hits, of, otherHits, otherOf, low, high) => {
		const found = shareDifference({ hits, of }, { hits: otherHits, of: otherOf });
		expect(found?.low).toBeCloseTo(low, 4);
		expect(found?.high).toBeCloseTo(high, 4);
		expect(found?.difference).toBeCloseTo(hits / of - otherHits / otherOf, 10);
	});

	it('says nothing while a group is empty, and refuses what cannot be', () => {
		expect(shareDifference({ hits: 3, of: 10 }, { hits: 0, of: 0 })).toBeUndefined();
		expect(shareInterval({ hits: 0, of: 0 })).toEqual({ low: 0, high: 1 });
		for (const wrong of [{ hits: 4, of: 3 }, { hits: -1, of: 3 }, { hits: 0.5, of: 3 }]) expect(() => shareDifference({ hits: 1, of: 3 }, wrong)).toThrow(RangeError);
	});

	it('lies within its bounds, which lie within what is possible, and turns round with the groups', () => {
		fc.assert(fc.property(some, some, (one, other) => {
			const { difference, low, high } = shareDifference(one, other)!;
			expect(low).toBeLessThanOrEqual(difference);
			expect(high).toBeGreaterThanOrEqual(difference);
			expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
			expect(high).toBeLessThanOrEqual(1 + 1e-12);
			const turned = shareDifference(other, one)!;
			expect(turned.low).toBeCloseTo(-high, 12);
			expect(turned.high).toBeCloseTo(-low, 12);
		}));
	});

	it('is told the better the more are looked at', () => {
		fc.assert(fc.property(some, some, ({ hits, of }, other) => {
			const width = (times: number) => {
				const { low, high } = shareDifference({ hits: hits * times, of: of * times }, { hits: other.hits * times, of: other.of * times })!;
				return high - low;
			};
			expect(width(4)).toBeLessThan(width(1));
		}));
	});
});

describe('the difference of revenue per head', () => {
	// By hand: means 13 and 6; squares of deviations 272 and 476, so variances of the means 2.0606 and 4.3273; 18.07 degrees of freedom, point 2.1004.
	it('is that of Welch', () => {
		const found = revenueDifference(amountsOf([2, 5, 11, 13, 13, 13, 15, 15, 16, 17, 18, 18]), amountsOf([1, 1, 1, 2, 3, 3, 4, 5, 9, 14, 23]))!;
		expect(found.difference).toBeCloseTo(7, 10);
		expect(found.low).toBeCloseTo(1.691, 2);
		expect(found.high).toBeCloseTo(12.309, 2);
	});

	it.each([[3, 3.1824], [9, 2.2622], [10, 2.2281], [20, 2.086], [30, 2.0423], [120, 1.9799]])('uses the point of Student\'s tables for %d degrees of freedom', (freedom, point) => {
		expect(Math.abs(studentT(freedom) - point)).toBeLessThan(freedom < 9 ? 0.01 : 0.0002);
	});

	it('says nothing of few buyers, and leaves nothing to chance where all spent the same', () => {
		const ten = amountsOf([...Array<number>(10).fill(5000), 0, 0]);
		expect(revenueDifference(ten, amountsOf([...Array<number>(9).fill(5000), 0, 0]))).toBeUndefined();
		expect(revenueDifference(ten, ten)?.low).toBeLessThan(0);
		expect(revenueDifference(amountsOf(Array<number>(12).fill(5000)), amountsOf(Array<number>(10).fill(4000)))).toEqual({ difference: 1000, low: 1000, high: 1000 });
	});
});

describe.each(TRUTHS)('over a thousand simulated shops in which the campaign brings %s', (_, effect) => {
	const random = new Random(effect * 100 + 11);
	const bases = [0.08, 0.15, 0.25, 0.4];
	const campaigns = Array.from({ length: SHOPS }, (_, index) => {
		const base = bases[index % bases.length];
		return { base, campaign: new SimulatedCampaign(random, base, effect).assign(random.integer(200, 2000)) };
	});

	it('the interval of the shares holds the truth in 95 % of them, within binomial error', () => {
		const holding = campaigns.filter(({ campaign: { contact, holdout } }) => {
			const { low, high } = shareDifference(contact, holdout)!;
			return low <= effect && effect <= high;
		}).length / SHOPS;
		expect(Math.abs(holding - 0.95)).toBeLessThanOrEqual(binomialError(0.95));
		expect(campaigns.some(({ campaign }) => campaign.holdout.of < 20)).toBe(true);
	});

	it('and so does that of revenue per head, of those with buyers enough', () => {
		const found = campaigns.flatMap(({ campaign: { contact, holdout } }) => revenueDifference(contact, holdout) ?? []);
		const truth = effect * MEAN_BASKET;
		const holding = found.filter(({ low, high }) => low <= truth && truth <= high).length / found.length;
		expect(found.length).toBeGreaterThan(SHOPS / 2);
		expect(Math.abs(holding - 0.95)).toBeLessThanOrEqual(binomialError(0.95, found.length));
	});
});
