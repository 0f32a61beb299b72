import fc from 'fast-check';
import { SEGMENT_DEFAULTS } from '../../../lib/domain/segment';
import { isLocalDate, plusDays, plusMonths } from '../../../lib/domain/time';
import { kpisByMonth, type KpiRows, type Sale, type Visit } from '../../../lib/report/kpis';

const { lapsedMonths, usefulMonths } = SEGMENT_DEFAULTS;
const kpis = (changes: Partial<KpiRows>) => kpisByMonth({ visits: [], sales: [], today: '2026-11-10', months: 1, lapsedMonths, usefulMonths, ...changes });
const visit = (customerId: number, ...days: string[]): Visit[] => days.map((day) => ({ customerId, day }));
const sale = (changes: Partial<Sale>): Sale => ({ customerId: 1, kind: 'spectacles', lensType: 'single-vision', ...changes });

describe('the months', () => {
	it('are whole ones before today, oldest first, across the turn of a year', () => {
		expect(kpis({ months: 3, today: '2026-01-31' }).map(({ month }) => month)).toEqual(['2025-11', '2025-12', '2026-01']);
		expect(kpis({ months: 3, today: '2026-01-30' }).map(({ month }) => month)).toEqual(['2025-10', '2025-11', '2025-12']);
		expect(kpis({ today: '2024-03-01' }).map(({ month }) => month)).toEqual(['2024-02']);
	});

	it('say nothing where there is nothing, and are refused where they are none', () => {
		expect(kpis({})).toEqual([{ month: '2026-10', returnFrequency: {}, averageBasket: {}, concurrentEquipments: {} }]);
		for (const months of [0, -1, 1.5]) expect(() => kpis({ months })).toThrow(RangeError);
	});
});

describe('the return frequency', () => {
	it('is visits of the year for each of those who belonged to the shop when it began; newcomers do not count', () => {
		const visits = [...visit(1, '2025-10-31', '2025-11-01', '2026-02-01', '2026-10-31', '2026-11-01'), ...visit(2, '2023-05-05'), ...visit(3, '2025-11-01', '2026-05-05')];
		// Customer 1 came on 31 October, the day after belongs to that visit, then twice; customer 2 did not come.
		expect(kpis({ visits })[0].returnFrequency.value).toBe(1);
	});

	it('leaves out who had not been seen for 36 months when the year began', () => {
		expect(kpis({ visits: [...visit(1, '2022-10-31', '2026-01-01'), ...visit(2, '2022-11-01', '2026-01-01', '2026-06-01')] })[0].returnFrequency.value).toBe(2);
	});

	it('counts days within 60 of each other as one visit', () => {
		expect(kpis({ visits: visit(1, '2025-01-01', '2026-01-01', '2026-01-20', '2026-03-21') })[0].returnFrequency.value).toBe(1);
		expect(kpis({ visits: visit(1, '2025-01-01', '2026-01-01', '2026-01-20', '2026-03-22') })[0].returnFrequency.value).toBe(2);
	});

	it('stands beside that of the year before', () => {
		expect(kpis({ visits: visit(1, '2024-01-01', '2025-05-01', '2025-08-01', '2026-05-01') })[0].returnFrequency).toEqual({ value: 1, yearBefore: 2 });
	});
});

describe('the average basket', () => {
	it('joins what one customer ordered on one day, and stands beside that of the same month a year before', () => {
		const sales = [
			sale({ orderedOn: '2026-10-01', deliveredOn: '2026-11-03', amountCents: 20_000 }), sale({ orderedOn: '2026-10-01', kind: 'other', amountCents: 1000 }), sale({ orderedOn: '2026-10-31', amountCents: 9000 }),
			sale({ customerId: 2, deliveredOn: '2026-10-01', amountCents: 30_000 }),
			// Before and after the month, sent back, and of unknown price.
			sale({ orderedOn: '2026-09-30', amountCents: 1 }), sale({ orderedOn: '2026-11-01', amountCents: 1 }), sale({ customerId: 3, orderedOn: '2026-10-09', returnedOn: '2026-10-20', amountCents: 70_000 }), sale({ customerId: 4, orderedOn: '2026-10-09' }),
			sale({ orderedOn: '2025-10-15', amountCents: 15_000 }),
		];
		expect(kpis({ sales })[0].averageBasket).toEqual({ value: 20_000, yearBefore: 15_000 });
	});
});

describe('concurrent equipments', () => {
	const pairs = (...sales: Array<Partial<Sale>>) => kpis({ sales: sales.map(sale) })[0].concurrentEquipments.value;

	it('are the spectacles in use at the end of the month for each who has any', () => {
		expect(pairs({ deliveredOn: '2026-10-31' }, { deliveredOn: '2026-01-01', lensType: 'sun' }, { customerId: 2, deliveredOn: '2026-01-01' })).toBe(1.5);
		expect(pairs({ deliveredOn: '2026-11-01' })).toBeUndefined();
		expect(pairs({ orderedOn: '2026-10-01' })).toBeUndefined();
		expect(pairs({ deliveredOn: '2026-10-01', kind: 'contact-lenses', lensType: 'contact-lenses' })).toBeUndefined();
	});

	it('are in use for the months that the sale says, else those of their lenses, and until they were brought back', () => {
		const other = { customerId: 2, deliveredOn: '2026-10-01' };
		const both = (changes: Partial<Sale>) => pairs(other, { customerId: 2, ...changes }) === 2;
		expect([both({ deliveredOn: '2024-10-31' }), both({ deliveredOn: '2024-11-01' })]).toEqual([false, true]);
		expect([both({ deliveredOn: '2023-10-31', lensType: 'sun' }), both({ deliveredOn: '2023-11-01', lensType: 'sun' })]).toEqual([false, true]);
		expect([both({ deliveredOn: '2026-04-30', usefulMonths: 6 }), both({ deliveredOn: '2026-05-01', usefulMonths: 6 })]).toEqual([false, true]);
		expect([both({ deliveredOn: '2026-10-01', returnedOn: '2026-10-31' }), both({ deliveredOn: '2026-10-01', returnedOn: '2026-11-01' })]).toEqual([false, true]);
	});
});

const day = fc.integer({ min: 0, max: 3000 }).map((days) => plusDays('2018-10-01', days));
const history = fc.record({
	visits: fc.array(fc.record({ customerId: fc.nat(5), day }), { maxLength: 40 }),
	sales: fc.array(fc.record({ customerId: fc.nat(5), kind: fc.constantFrom('spectacles' as const, 'other' as const), amountCents: fc.nat(90_000), orderedOn: day, deliveredOn: day }), { maxLength: 40 }),
});

it('does not ask for the order of the rows, and each month says what it said a year earlier', () => {
	fc.assert(fc.property(history, fc.integer({ min: 0, max: 40 }), ({ visits, sales }, back) => {
		const today = plusMonths('2026-11-10', -back);
		const now = kpis({ visits, sales, today, months: 13 });
		expect(kpis({ visits: visits.toReversed(), sales: sales.toReversed(), today, months: 13 })).toEqual(now);
		expect(now[12].returnFrequency.yearBefore).toBe(now[0].returnFrequency.value);
		expect(now[12].averageBasket.yearBefore).toBe(now[0].averageBasket.value);
		expect(now[12].concurrentEquipments.yearBefore).toBe(now[0].concurrentEquipments.value);
		// What comes later changes no month that is over.
		const later = { customerId: 1, day: plusDays(today, 1) };
		expect(kpis({ visits: [...visits.filter((one) => one.day <= today), later], sales, today, months: 13 }).map((month) => month.returnFrequency)).toEqual(now.map((month) => month.returnFrequency));
		for (const { month, concurrentEquipments: { value } } of now) {
			expect(isLocalDate(`${month}-01`)).toBe(true);
			if (value !== undefined) expect(value).toBeGreaterThanOrEqual(1);
		}
	}), { numRuns: 50 });
});
