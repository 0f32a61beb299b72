import fc from 'fast-check';
import { Random } from '../../../demo/shop/random';
import { shareDifference } from '../../../lib/report/interval';
import { FALSE_VERDICTS, POWER, verdictOf, type CampaignResult } from '../../../lib/report/verdict';
import { binomialError, HOLDOUT, SHOPS, SimulatedCampaign, TRUTHS } from './simulatedCampaign';

const USUAL = { assignmentsPerWeek: 20, holdoutShare: HOLDOUT, leastEffect: 0.05 };
const result = (changes: Partial<CampaignResult>): CampaignResult => ({ contact: { hits: 0, of: 0 }, holdout: { hits: 0, of: 0 }, ...USUAL, ...changes });
const of = (hits: number, all: number) => ({ hits, of: all });

describe('the verdict', () => {
	it.each([
		['works', of(3600, 9000), of(250, 1000)],
		['harms', of(1800, 9000), of(350, 1000)],
		['does-not', of(2700, 9000), of(310, 1000)],
		['too-early', of(2800, 9000), of(280, 1000)],
		['too-early', of(0, 0), of(0, 0)],
		['too-early', of(5, 5), of(0, 1)],
	])('is %s', (verdict, contact, holdout) => {
		expect(verdictOf(result({ contact, holdout })).verdict).toBe(verdict);
	});

	it('is that it does not, where it surely brings something, but surely less than is worth the effort', () => {
		const found = verdictOf(result({ contact: of(32_000, 100_000), holdout: of(30_000, 100_000) }));
		expect(found.difference?.low).toBeGreaterThan(0);
		expect(found.verdict).toBe('does-not');
	});

	it('is that nothing will be known, where nobody is held out', () => {
		expect(verdictOf(result({ contact: of(30, 100), holdoutShare: 0 }))).toEqual({ verdict: 'no-holdout' });
	});

	it('tells the weeks from the assignments and their rate, and none where nobody is assigned any more', () => {
		const early = verdictOf(result({ contact: of(45, 180), holdout: of(5, 20) }));
		expect(early).toMatchObject({ verdict: 'too-early', moreWeeks: Math.ceil(early.moreAssignments! / 20) });
		expect(verdictOf(result({ contact: of(45, 180), holdout: of(5, 20), assignmentsPerWeek: 0 }))).not.toHaveProperty('moreWeeks');
		// Half of everybody held out tells the same much sooner.
		expect(verdictOf(result({ contact: of(45, 180), holdout: of(5, 20), holdoutShare: 0.5 })).moreAssignments!).toBeLessThan(early.moreAssignments! / 2);
	});

	it('refuses figures that cannot be', () => {
		for (const wrong of [{ leastEffect: 0 }, { leastEffect: 2 }, { leastEffect: NaN }, { holdoutShare: 1.5 }, { assignmentsPerWeek: -1 }, { holdout: of(3, 2) }]) {
			expect(() => verdictOf(result(wrong))).toThrow(RangeError);
		}
	});

	it('waits where the interval beside it would still say otherwise', () => {
		const { verdict, difference } = verdictOf(result({ contact: of(190, 200), holdout: of(20, 20), leastEffect: 0.1 }));
		expect(difference!.high).toBeGreaterThan(0.1);
		expect(verdict).toBe('too-early');
	});

	it('never contradicts the interval beside it, and what is too early always has an end', () => {
		const share = fc.oneof(fc.nat(20), fc.nat(20_000)).chain((all) => fc.nat(all).map((hits) => of(hits, all)));
		fc.assert(fc.property(share, share, fc.double({ min: 1e-6, max: 1, noNaN: true }), fc.double({ min: 1e-6, max: 0.999, noNaN: true }), (contact, holdout, leastEffect, holdoutShare) => {
			const { verdict, difference, moreAssignments } = verdictOf(result({ contact, holdout, leastEffect, holdoutShare }));
			expect(difference).toEqual(shareDifference(contact, holdout));
			if (verdict === 'works') expect(difference!.low).toBeGreaterThan(0);
			if (verdict === 'harms') expect(difference!.high).toBeLessThan(0);
			if (verdict === 'does-not') expect(difference!.high).toBeLessThan(leastEffect);
			expect(moreAssignments !== undefined).toBe(verdict === 'too-early');
			if (verdict === 'too-early') expect(moreAssignments).toBeGreaterThanOrEqual(1);
		}), { numRuns: 2000 });
	});
});

/** What share of a thousand shops were ever told each verdict, when the report is looked at each month (after each 80 assignments) as the campaign grows. */
function everTold(effect: number, bases: readonly number[], seed: number, leastSize = 200, leastEffect = USUAL.leastEffect) {
	const random = new Random(seed);
	const told = { works: 0, harms: 0, 'does-not': 0, 'too-early': 0, shownAboveNothing: 0 };
	for (let shop = 0; shop < SHOPS; shop++) {
		const campaign = new SimulatedCampaign(random, bases[shop % bases.length], effect);
		const size = random.integer(leastSize, 2000);
		const ever = new Set<keyof typeof told>();
		for (let assigned = 80; assigned <= size; assigned += 80) {
			const { verdict, difference } = verdictOf(result({ ...campaign.assign(80), leastEffect }));
			if (verdict !== 'no-holdout') ever.add(verdict);
			if (difference && difference.low > 0) ever.add('shownAboveNothing');
		}
		for (const key of ever) told[key] += 1 / SHOPS;
	}
	return told;
}

describe('over a thousand simulated shops of 200 to 2,000 assignments, looked at each month', () => {
	const [five, nothing, harm] = TRUTHS.map(([, effect], index) => everTold(effect, [0.08, 0.15, 0.25, 0.4], 21 + index));

	it('calls a campaign that brings nothing "works" at most at the stated rate', () => {
		expect(FALSE_VERDICTS).toBe(0.05);
		expect(nothing.works).toBeLessThanOrEqual(FALSE_VERDICTS);
		expect(nothing.harms).toBeLessThanOrEqual(FALSE_VERDICTS);
	});

	// A holdout of twenty of whom by chance nobody came back.
	it('keeps to it in shops to which few come back by themselves', () => {
		expect(everTold(0, [0.08], 25, 2000).works).toBeLessThanOrEqual(FALSE_VERDICTS - binomialError(FALSE_VERDICTS) / 2);
	});

	it('keeps to it where the interval that is shown, looked at as often, would not', () => {
		const often = everTold(0, [0.3], 26, 2000, 0.1);
		expect(often.works).toBeLessThanOrEqual(FALSE_VERDICTS);
		expect(often.shownAboveNothing).toBeGreaterThan(FALSE_VERDICTS + binomialError(FALSE_VERDICTS));
	});

	it('never takes harm for help, nor help for harm or nothing, beyond that rate', () => {
		for (const wrong of [harm.works, five.harms, five['does-not']]) expect(wrong).toBeLessThanOrEqual(FALSE_VERDICTS);
	});

	it('tells help, nothing and harm apart', () => {
		expect(five.works).toBeGreaterThan(5 * nothing.works);
		expect(harm.harms + harm['does-not']).toBeGreaterThan(5 * (five.harms + five['does-not']));
	});
});

describe('the weeks that it promises', () => {
	// A great least effect, so that a thousand shops can be lived to the end; what is promised does not depend on it.
	const LEAST = 0.15;
	const atTheEnd = (effect: number, seed: number) => {
		const random = new Random(seed);
		const verdicts = Array.from({ length: SHOPS }, () => {
			const campaign = new SimulatedCampaign(random, 0.25, effect, 0.2).assign(200);
			const figures = () => result({ ...campaign, leastEffect: LEAST, holdoutShare: 0.2 });
			const { verdict, moreWeeks } = verdictOf(figures());
			return verdict === 'too-early' ? verdictOf((campaign.assign(moreWeeks! * 20), figures())).verdict : verdict;
		});
		return (wanted: string) => verdicts.filter((verdict) => verdict === wanted).length / SHOPS;
	};

	it('are enough in four of five shops, for what works and for what brings nothing', () => {
		const [brings, not] = [atTheEnd(LEAST, 31)('works'), atTheEnd(0, 32)];
		for (const told of [brings, not('does-not') + not('harms')]) {
			expect(told).toBeGreaterThanOrEqual(POWER - binomialError(POWER));
			// Nor do they ask for far more than is needed.
			expect(told).toBeLessThan(0.95);
		}
	});
});
