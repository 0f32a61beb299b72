import type { PurchaseHistory } from '../../../lib/domain/segment';
import { plusDays } from '../../../lib/domain/time';
import { purchaseModel } from '../../../lib/segments/purchaseModel';
import { simulated } from './simulatedBuyers';

const TODAY = '2026-11-22';
const once = (customers: number): PurchaseHistory => ({ purchases: 1, firstOn: '2025-05-01', lastOn: '2025-05-01', customers });
const again = (customers: number): PurchaseHistory => ({ purchases: 2, firstOn: '2025-01-31', lastOn: '2026-03-07', customers });

it('learns BG/NBD where buyers and repeats are enough', () => {
	const histories = simulated({ r: 1.2, alpha: 60, a: 0.8, b: 3 }, 1500).map(({ repeats, recency, age }): PurchaseHistory => {
		const firstOn = plusDays(TODAY, -Math.round(age * 7));
		return { purchases: repeats + 1, firstOn, lastOn: plusDays(firstOn, Math.round(recency * 7)), customers: 1 };
	});
	const model = purchaseModel(histories, TODAY);
	expect(model).toMatchObject({ kind: 'bg-nbd', buyers: 1500, logLikelihood: expect.any(Number) });
	// Purchases a week of an active customer: in weeks, as it was made.
	if (model.kind === 'bg-nbd') expect(model.r / model.alpha).toBeCloseTo(0.02, 2);
});

it.each([
	['too few buyers', [once(20), again(5)], 400],
	['too few who came back', [once(1000), again(5)], 400],
	['nobody who came back', [once(1000)], 730],
	['nobody at all', [], 730],
])('falls back on the usual pause: %s', (_, histories, days) => {
	expect(purchaseModel(histories, TODAY)).toEqual({ kind: 'interval', days, buyers: histories.reduce((sum, { customers }) => sum + customers, 0) });
});

it('the usual pause is the mean one, of all pauses alike', () => {
	// One pause of 100 days and two of 50.
	const histories = [{ purchases: 2, firstOn: '2026-01-01', lastOn: '2026-04-11', customers: 1 }, { purchases: 3, firstOn: '2026-01-01', lastOn: '2026-04-11', customers: 1 }];
	expect(purchaseModel(histories, TODAY)).toMatchObject({ kind: 'interval', days: expect.closeTo(200 / 3, 8) });
});

it('falls back where the data do not hold four parameters', () => {
	// Everybody buys once each half-year, as by the clock: no chance distribution is narrow enough.
	const model = purchaseModel([{ purchases: 9, firstOn: '2022-11-22', lastOn: '2026-11-22', customers: 400 }], TODAY);
	expect(model.kind).toBe('interval');
});
