import fc from 'fast-check';
import { sql } from 'kysely';
import { SEGMENT_DEFAULTS } from '../../../../lib/domain/segment';
import { isLocalDate, plusDays, plusMonths } from '../../../../lib/domain/time';
import { kpisByMonth, monthsOfKpis } from '../../../../lib/report/kpis';
import { openStore, type Store } from '../../../../lib/store/open';
import { monthFigures } from '../../../../lib/store/report/kpis';
import { rowSet } from '../../../../lib/store/sets';
import { saveShop } from '../../../../lib/store/shops';
import { countStatements, ON_POSTGRES, openTestStore, saved, customer, type TestStore } from '../../../support/store';
import { obviousKpis, type KpiRows, type Sale, type Visit } from '../../report/obviousKpis';

const { lapsedMonths, usefulMonths } = SEGMENT_DEFAULTS;
const NOW = '2026-11-10T08:00:00.000Z';
const PEOPLE = 6;

let test: TestStore;
/** Another shop in the same store, with customers in between: whatever is counted, theirs is not. */
let other: Store;
let ids: number[];
beforeAll(async () => {
	test = await openTestStore(NOW);
	await saveShop(test.store.db, 'other', { name: 'Altra', privacyNotices: [], policy: {} }, NOW);
	other = await openStore({ ...test.settings, shop: 'other' });
	ids = [];
	for (let person = 0; person < PEOPLE; person++) {
		ids.push(...(await saved(test.store, [customer()])));
		const [stranger] = await saved(other, [customer()]);
		await sql`insert into exams (shop_id, customer_id, source_key, kind, taken_on, created_at, updated_at) values (${other.shop.id}, ${stranger}, ${String(stranger)}, 'vision', '2025-01-01', ${NOW}, ${NOW})`.execute(test.store.db);
	}
});
afterAll(async () => await test.close());

/** The figures out of the store that has these rows and no others. */
const kpis = async (changes: Partial<KpiRows>) => {
	const { visits, sales, today, months } = { visits: [], sales: [], today: '2026-11-10', months: 1, ...changes };
	const { store } = test;
	for (const table of ['exams', 'equipment', 'appointments'] as const) await store.db.deleteFrom(table).where('shop_id', '=', store.shop.id).execute();
	const key = (rows: readonly object[]) => rows.map((row, index) => ({ ...row, key: String(index) }));
	const person = ({ customerId }: { customerId: number }) => ids[customerId % PEOPLE];
	const [kept, examined] = [visits.filter((_, index) => index % 2), visits.filter((_, index) => index % 2 === 0)];
	await sql`insert into exams (shop_id, customer_id, source_key, kind, taken_on, created_at, updated_at) select ${store.shop.id}, customer, key, 'vision', day, ${NOW}, ${NOW}
		from ${rowSet(key(examined.map((visit) => ({ customer: person(visit), day: visit.day }))), { customer: 'integer', key: 'text', day: 'text' })} as given`.execute(store.db);
	await sql`insert into appointments (shop_id, customer_id, source_key, kind, starts_at, status, created_at, updated_at) select ${store.shop.id}, customer, key, 'exam', day || 'T09:00:00.000Z', 'kept', ${NOW}, ${NOW}
		from ${rowSet(key(kept.map((visit) => ({ customer: person(visit), day: visit.day }))), { customer: 'integer', key: 'text', day: 'text' })} as given`.execute(store.db);
	const columns = { customer: 'integer', key: 'text', kind: 'text', lens: 'text', cents: 'integer', ordered: 'text', delivered: 'text', returned: 'text', useful: 'integer' } as const;
	const sold = sales.map((sale) => ({ customer: person(sale), kind: sale.kind, lens: sale.lensType, cents: sale.amountCents, ordered: sale.orderedOn, delivered: sale.deliveredOn, returned: sale.returnedOn, useful: sale.usefulMonths }));
	await sql`insert into equipment (shop_id, customer_id, source_key, kind, lens_type, amount_cents, ordered_on, delivered_on, returned_on, useful_months, created_at, updated_at)
		select ${store.shop.id}, customer, key, kind, lens, cents, ordered, delivered, returned, useful, ${NOW}, ${NOW} from ${rowSet(key(sold), columns)} as given`.execute(store.db);
	return kpisByMonth(await monthFigures(store, { months: monthsOfKpis(today, months), lapsedMonths, usefulMonths }));
};
const visit = (customerId: number, ...days: string[]): Visit[] => days.map((day) => ({ customerId, day }));
const sale = (changes: Partial<Sale>): Sale => ({ customerId: 1, kind: 'spectacles', lensType: 'single-vision', ...changes });

describe('the months', () => {
	it('are whole ones before today, oldest first, across the turn of a year', async () => {
		const months = async (today: string, count: number) => (await kpis({ months: count, today })).map(({ month }) => month);
		expect(await months('2026-01-31', 3)).toEqual(['2025-11', '2025-12', '2026-01']);
		expect(await months('2026-01-30', 3)).toEqual(['2025-10', '2025-11', '2025-12']);
		expect(await months('2024-03-01', 1)).toEqual(['2024-02']);
	});

	it('say nothing where there is nothing, and are refused where they are none', async () => {
		expect(await kpis({})).toEqual([{ month: '2026-10', returnFrequency: {}, averageBasket: {}, concurrentEquipments: {} }]);
		for (const months of [0, -1, 1.5]) expect(() => monthsOfKpis('2026-11-10', months)).toThrow(RangeError);
	});
});

describe('the return frequency', () => {
	it('is visits of the year for each of those who belonged to the shop when it began; newcomers do not count', async () => {
		const visits = [...visit(1, '2025-10-31', '2025-11-01', '2026-02-01', '2026-10-31', '2026-11-01'), ...visit(2, '2023-05-05'), ...visit(3, '2025-11-01', '2026-05-05')];
		// Customer 1 came on 31 October, the day after belongs to that visit, then twice; customer 2 did not come.
		expect((await kpis({ visits }))[0].returnFrequency.value).toBe(1);
	});

	it('leaves out who had not been seen for 36 months when the year began', async () => {
		expect((await kpis({ visits: [...visit(1, '2022-10-31', '2026-01-01'), ...visit(2, '2022-11-01', '2026-01-01', '2026-06-01')] }))[0].returnFrequency.value).toBe(2);
	});

	it('counts days within 60 of each other as one visit', async () => {
		expect((await kpis({ visits: visit(1, '2025-01-01', '2026-01-01', '2026-01-20', '2026-03-21') }))[0].returnFrequency.value).toBe(1);
		expect((await kpis({ visits: visit(1, '2025-01-01', '2026-01-01', '2026-01-20', '2026-03-22') }))[0].returnFrequency.value).toBe(2);
	});

	it('stands beside that of the year before', async () => {
		expect((await kpis({ visits: visit(1, '2024-01-01', '2025-05-01', '2025-08-01', '2026-05-01') }))[0].returnFrequency).toEqual({ value: 1, yearBefore: 2 });
	});
});

describe('the average basket', () => {
	it('joins what one customer ordered on one day, and stands beside that of the same month a year before', async () => {
		const sales = [
			sale({ orderedOn: '2026-10-01', deliveredOn: '2026-11-03', amountCents: 20_000 }), sale({ orderedOn: '2026-10-01', kind: 'other', amountCents: 1000 }), sale({ orderedOn: '2026-10-31', amountCents: 9000 }),
			sale({ customerId: 2, deliveredOn: '2026-10-01', amountCents: 30_000 }),
			// Before and after the month, sent back, and of unknown price.
			sale({ orderedOn: '2026-09-30', amountCents: 1 }), sale({ orderedOn: '2026-11-01', amountCents: 1 }), sale({ customerId: 3, orderedOn: '2026-10-09', returnedOn: '2026-10-20', amountCents: 70_000 }), sale({ customerId: 4, orderedOn: '2026-10-09' }),
			sale({ orderedOn: '2025-10-15', amountCents: 15_000 }),
		];
		expect((await kpis({ sales }))[0].averageBasket).toEqual({ value: 20_000, yearBefore: 15_000 });
	});
});

describe('concurrent equipments', () => {
	const pairs = async (...sales: Array<Partial<Sale>>) => (await kpis({ sales: sales.map(sale) }))[0].concurrentEquipments.value;

	it('are the spectacles in use at the end of the month for each who has any', async () => {
		expect(await pairs({ deliveredOn: '2026-10-31' }, { deliveredOn: '2026-01-01', lensType: 'sun' }, { customerId: 2, deliveredOn: '2026-01-01' })).toBe(1.5);
		expect(await pairs({ deliveredOn: '2026-11-01' })).toBeUndefined();
		expect(await pairs({ orderedOn: '2026-10-01' })).toBeUndefined();
		expect(await pairs({ deliveredOn: '2026-10-01', kind: 'contact-lenses', lensType: 'contact-lenses' })).toBeUndefined();
	});

	it('are in use for the months that the sale says, else those of their lenses, and until they were brought back', async () => {
		const newer = { customerId: 2, deliveredOn: '2026-10-01' };
		const both = async (changes: Partial<Sale>) => (await pairs(newer, { customerId: 2, ...changes })) === 2;
		expect([await both({ deliveredOn: '2024-10-31' }), await both({ deliveredOn: '2024-11-01' })]).toEqual([false, true]);
		expect([await both({ deliveredOn: '2023-10-31', lensType: 'sun' }), await both({ deliveredOn: '2023-11-01', lensType: 'sun' })]).toEqual([false, true]);
		expect([await both({ deliveredOn: '2026-04-30', usefulMonths: 6 }), await both({ deliveredOn: '2026-05-01', usefulMonths: 6 })]).toEqual([false, true]);
		expect([await both({ deliveredOn: '2026-10-01', returnedOn: '2026-10-31' }), await both({ deliveredOn: '2026-10-01', returnedOn: '2026-11-01' })]).toEqual([false, true]);
	});
});

const anyDay = fc.integer({ min: 0, max: 3000 }).map((days) => plusDays('2018-10-01', days));
/** Ends of months and days 60 apart, where it is most easily miscounted. */
const day = fc.oneof({ weight: 3, arbitrary: anyDay }, { weight: 1, arbitrary: fc.constantFrom('2024-02-29', '2025-10-31', '2025-11-01', '2025-12-30', '2025-12-31', '2022-10-31', '2022-11-01', '2026-10-31') });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const sold: fc.Arbitrary<Sale> = fc.record({
	customerId: fc.nat(PEOPLE - 1), kind: fc.constantFrom('spectacles' as const, 'spectacles' as const, 'contact-lenses' as const, 'other' as const), lensType: maybe(fc.constantFrom('progressive' as const, 'sun' as const, 'single-vision' as const)),
	amountCents: maybe(fc.nat(90_000)), orderedOn: maybe(day), deliveredOn: maybe(day), returnedOn: fc.option(day, { nil: undefined, freq: 9 }), usefulMonths: maybe(fc.constantFrom(1, 6, 24)),
}).filter(({ orderedOn, deliveredOn }) => orderedOn !== undefined || deliveredOn !== undefined);
const history = fc.record({ visits: fc.array(fc.record({ customerId: fc.nat(PEOPLE - 1), day }), { maxLength: 40 }), sales: fc.array(sold, { maxLength: 40 }) });
/** Every day in the shop is a visit, those of sales too. */
const allVisits = ({ visits, sales }: Pick<KpiRows, 'visits' | 'sales'>): Visit[] => [...visits, ...sales.flatMap(({ customerId, orderedOn, deliveredOn }) => [orderedOn, deliveredOn].flatMap((one) => one ?? []).map((one) => ({ customerId, day: one })))];

it('are those of the slow reference, for every month', async () => {
	await fc.assert(fc.asyncProperty(history, fc.integer({ min: 0, max: 40 }), async ({ visits, sales }, back) => {
		const today = plusMonths('2026-11-10', -back);
		const wanted = obviousKpis({ visits: allVisits({ visits, sales }), sales, today, months: 13, lapsedMonths, usefulMonths });
		const found = await kpis({ visits, sales, today, months: 13 });
		expect(JSON.parse(JSON.stringify(found, rounded))).toEqual(JSON.parse(JSON.stringify(wanted, rounded)));
		for (const { month } of found) expect(isLocalDate(`${month}-01`)).toBe(true);
	}), { numRuns: ON_POSTGRES ? 20 : 60 });
}, 240_000);

function rounded(_: string, value: unknown): unknown {
	return typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value;
}

it('asks the database no more often where there are more customers', async () => {
	const months = monthsOfKpis('2026-11-10', 12);
	expect(await countStatements(async () => await monthFigures(test.store, { months, lapsedMonths, usefulMonths }))).toBe(2);
});
