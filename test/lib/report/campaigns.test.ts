import { Random } from '../../../demo/shop/random';
import { REPORT_DEFAULTS } from '../../../lib/domain/report';
import type { CampaignFigures } from '../../../lib/domain/reportFigures';
import { campaignReports, recentFrom } from '../../../lib/report/campaigns';
import { HOLDOUT, SimulatedCampaign } from './simulatedCampaign';

const TODAY = '2026-11-22';
const group = (people: number, over: number, returned: number) => ({ people, over, returned, buyers: returned, revenueCents: returned * 20_000, revenueSquares: returned * 20_000 ** 2 });
const figures = (changes: Partial<CampaignFigures> = {}): CampaignFigures => ({
	campaign: 'recall.vision', class: 'recall', firstOn: '2025-12-01', recent: 240, contact: group(900, 800, 200), holdout: group(100, 90, 20), sent: 850, delivered: 840, answered: 9, booked: 8, optedOut: 3, ...changes,
});
const report = (changes: Partial<CampaignFigures> = {}, costs: Parameters<typeof campaignReports>[1]['costs'] = []) => campaignReports([figures(changes)], { today: TODAY, settings: REPORT_DEFAULTS, costs, unsent: [] })[0];

it('compares only those whose time is over, and reckons the weeks with what comes in', () => {
	const { over, returned, due, heldOut, returnDifference, verdict, moreWeeks, moreAssignments } = report();
	expect({ over, returned, due, heldOut, verdict }).toEqual({ over: { contact: 800, holdout: 90 }, returned: { contact: 200, holdout: 20 }, due: 1000, heldOut: 100, verdict: 'too-early' });
	expect(returnDifference?.difference).toBeCloseTo(200 / 800 - 20 / 90, 10);
	// 240 in twelve weeks.
	expect(moreWeeks).toBe(Math.ceil((moreAssignments as number) / 20));
	// Three weeks old: 60 in three weeks are as many.
	expect(report({ firstOn: '2026-11-01', recent: 60 }).moreWeeks).toBe(moreWeeks);
	expect(recentFrom(TODAY)).toBe('2026-08-30');
});

it('advises to stop what brings nothing, to stop at once what harms, and to hold out where nothing can be known', () => {
	expect(report({ contact: group(9000, 9000, 3600), holdout: group(1000, 1000, 200) })).toMatchObject({ verdict: 'works', advice: 'keep' });
	const nothing = { contact: group(9000, 9000, 1800), holdout: group(1000, 1000, 200) };
	expect(report({ ...nothing, sent: 4500 })).toMatchObject({ verdict: 'does-not', advice: 'stop' });
	expect(report({ ...nothing, sent: 4499 })).toMatchObject({ verdict: 'does-not', advice: 'reach' });
	expect(report({ contact: group(9000, 9000, 900), holdout: group(1000, 1000, 250) })).toMatchObject({ verdict: 'harms', advice: 'stop-now' });
	expect(report({ holdout: group(0, 0, 0) })).toMatchObject({ verdict: 'no-holdout', advice: 'hold-out' });
	// Of so few, chance may have held nobody out.
	expect(report({ contact: group(20, 0, 0), holdout: group(0, 0, 0), recent: 20 })).toMatchObject({ verdict: 'too-early' });
	expect(report({ recent: 1 })).toMatchObject({ verdict: 'too-early', advice: 'raise-holdout' });
	expect(report({ recent: 0 })).toMatchObject({ advice: 'wait' });
	expect(report({ recent: 0 }).moreWeeks).toBeUndefined();
});

it('gives no verdict on service', () => {
	const { verdict, advice, returnDifference, revenueDifference } = report({ class: 'service' });
	expect([verdict, advice, returnDifference, revenueDifference]).toEqual([undefined, 'service', undefined, undefined]);
});

it('adds the time of the staff to what was paid', () => {
	const cost = { campaign: 'recall.vision', messages: 10, mills: 1234, staffSeconds: 1800 };
	expect(report({}, [cost, cost, { ...cost, campaign: 'birthday' }])).toMatchObject({ messages: 20, staffMinutes: 60, costCents: 247 + 2500 });
});

it('names first what wants a decision', () => {
	const many = [figures({ campaign: 'few', recent: 240 }), figures({ campaign: 'service', class: 'service' }), figures({ campaign: 'bad', contact: group(9000, 9000, 900), holdout: group(1000, 1000, 250) }), figures({ campaign: 'many', contact: group(950, 800, 200) })];
	expect(campaignReports(many, { today: TODAY, settings: REPORT_DEFAULTS, costs: [], unsent: [] }).map(({ campaign }) => campaign)).toEqual(['bad', 'many', 'few', 'service']);
});

it('calls in simulated shops a harm no success, and a great success no harm', () => {
	const verdicts = (effect: number) => Array.from({ length: 100 }, (_, shop) => {
		const { contact, holdout } = new SimulatedCampaign(new Random(shop + 1), 0.25, effect).assign(4000);
		const part = ({ of, hits, buyers, sum, sumOfSquares }: typeof contact) => ({ people: of, over: of, returned: hits, buyers, revenueCents: sum, revenueSquares: sumOfSquares });
		return report({ contact: part(contact), holdout: part(holdout) });
	});
	const count = (reports: ReturnType<typeof verdicts>, verdict: string) => reports.filter((one) => one.verdict === verdict).length;
	const [great, harm] = [verdicts(0.15), verdicts(-0.15)];
	expect(count(great, 'works')).toBeGreaterThan(90);
	expect(count(harm, 'works')).toBe(0);
	expect(count(great, 'harms') + count(great, 'does-not')).toBe(0);
	expect(count(harm, 'harms')).toBeGreaterThan(90);
	expect(HOLDOUT).toBe(0.1);
});
