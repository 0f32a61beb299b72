import fc from 'fast-check';
import type { NewEquipment } from '../../../../lib/domain/records';
import { mergeCustomers } from '../../../../lib/store/merging/mergeCustomers';
import { listEquipment, saveEquipment } from '../../../../lib/store/records/equipment';
import { RECORD_REASONS } from '../../../../lib/store/records/reasons';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const LATER = '2026-11-23T08:00:00.000Z';

let test: TestStore;
let giulia: number;
beforeEach(async () => {
	test = await openTestStore();
	[giulia] = await saved(test.store, [customer({ code: 'C1', firstName: 'Giulia', lastName: "D'Angelo" })]);
});
afterEach(async () => await test.close());

const save = async (records: NewEquipment[], now = NOW) => await saveEquipment(test.store, records, now);
const all = async () => await listEquipment(test.store, { limit: 100 });
const pair = (changes: NewEquipment = {}): NewEquipment => ({ customerCode: 'C1', code: 'B1', lensType: 'progressive', orderedOn: '2026-11-01', amountCents: 34900, ...changes });

describe('saving', () => {
	it('creates, leaves alone what is the same, and changes only what differs', async () => {
		expect(await save([pair()])).toEqual([{ status: 'created', id: 1, customerId: giulia }]);
		expect(await save([pair()], LATER)).toEqual([{ status: 'unchanged', id: 1, customerId: giulia }]);
		expect(await save([pair({ deliveredOn: '2026-11-20' })], LATER)).toEqual([{ status: 'updated', id: 1, customerId: giulia }]);
		expect(await all()).toEqual([
			{ id: 1, customerId: giulia, code: 'B1', kind: 'spectacles', lensType: 'progressive', orderedOn: '2026-11-01', deliveredOn: '2026-11-20', amountCents: 34900 },
		]);
	});

	it('never erases what the source leaves out, and needs no owner for a code that is known', async () => {
		await save([pair({ firstProgressive: true, description: 'Titanio' })]);
		expect(await save([{ code: 'B1', deliveredOn: '2026-11-20' }])).toEqual([{ status: 'updated', id: 1, customerId: giulia }]);
		expect(await all()).toMatchObject([{ firstProgressive: true, description: 'Titanio', deliveredOn: '2026-11-20', lensType: 'progressive' }]);
	});

	it('recognises a record without a code by customer, day, lens type and description', async () => {
		const uncoded = pair({ code: undefined, description: 'Lenti 1.6' });
		await save([uncoded]);
		expect(await save([{ ...uncoded, description: 'LENTI 1,6', deliveredOn: '2026-11-20' }])).toMatchObject([{ status: 'updated', id: 1 }]);
		expect(await save([{ ...uncoded, lensType: 'sun' }, { ...uncoded, orderedOn: '2026-11-02' }])).toMatchObject([{ status: 'created' }, { status: 'created' }]);
	});

	it('still recognises it after its customer was merged into another', async () => {
		const uncoded = pair({ code: undefined });
		await save([uncoded]);
		const [kept] = await saved(test.store, [customer({ code: 'C2' })]);
		await test.store.db.updateTable('equipment').set({ customer_id: kept }).execute();
		expect(await save([{ ...uncoded, customerCode: 'C2' }])).toEqual([{ status: 'unchanged', id: 1, customerId: kept }]);
	});

	it('takes the same record three times in one go in the order given', async () => {
		expect(await save([pair(), pair({ amountCents: 100 }), pair({ amountCents: 100 })])).toMatchObject([{ status: 'created' }, { status: 'updated' }, { status: 'unchanged' }]);
		expect(await all()).toMatchObject([{ amountCents: 100 }]);
	});

	it('turns a kind that nobody knew into that of the lenses', async () => {
		await save([pair({ lensType: undefined })]);
		expect(await all()).toMatchObject([{ kind: 'other' }]);
		await save([{ code: 'B1', lensType: 'contact-lenses' }]);
		expect(await all()).toMatchObject([{ kind: 'contact-lenses' }]);
	});

	it('needs no more statements for 500 records than for 5', async () => {
		const many = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => pair({ code: index % 2 ? `${prefix}${index}` : undefined, description: `${prefix} ${index}` }));
		const few = await countStatements(async () => await save(many(5, 'a')));
		expect(await countStatements(async () => await save(many(500, 'b')))).toBe(few);
		// Two of them reckon the rhythm of the customers' visits.
		expect(few).toBeLessThanOrEqual(8);
	});

	it('gives every record an answer, and the second time nothing is created or changed', async () => {
		const day = fc.constantFrom('2026-10-01', '2026-11-01', '2026-11-22', '2026-12-01', undefined);
		const record = fc.record({
			customerCode: fc.constantFrom('C1', 'X', undefined), code: fc.constantFrom('B1', 'B2', undefined), orderedOn: day, deliveredOn: day,
			lensType: fc.constantFrom('progressive' as const, undefined), supplyDays: fc.constantFrom(0, 30, -1, undefined), amountCents: fc.constantFrom(-1, 0, 100, undefined),
		});
		await fc.assert(fc.asyncProperty(fc.uniqueArray(record, { selector: ({ code, orderedOn, deliveredOn, lensType }) => code ?? `${orderedOn ?? deliveredOn}${lensType}`, maxLength: 12 }), async (records) => {
			const first = await save(records);
			expect(first).toHaveLength(records.length);
			const second = await save(records);
			expect(second.map(({ status }) => status)).toEqual(first.map(({ status }) => (status === 'rejected' ? 'rejected' : 'unchanged')));
		}), { numRuns: 40 });
	});
});

describe('whose it is', () => {
	const by = async (owner: NewEquipment) => (await save([{ code: undefined, orderedOn: '2026-01-01', description: 'x', ...owner }]))[0];

	it('is found by id, else by code, else by name and birth date', async () => {
		expect(await by({ customerId: giulia })).toMatchObject({ customerId: giulia });
		expect(await by({ customerCode: 'C1', lastName: 'Other' })).toMatchObject({ customerId: giulia });
		expect(await by({ firstName: 'GIULIA', lastName: 'D Angelo', birthDate: '1980-11-22' })).toMatchObject({ customerId: giulia });
	});

	it.each<[string, NewEquipment]>([
		['an id that is not there', { customerId: 999, customerCode: 'C1' }],
		['a code that is not there', { customerCode: 'C9' }],
		['a code that is not there with the name of somebody who has another', { customerCode: 'C9', firstName: 'Giulia', lastName: "D'Angelo", birthDate: '1980-11-22' }],
		['a name without a birth date', { firstName: 'Giulia', lastName: "D'Angelo" }],
		['nobody', {}],
	])('%s is refused', async (_, owner) => {
		expect(await by(owner)).toEqual({ status: 'rejected', field: 'customer', reason: 'CUSTOMER_UNKNOWN' });
		expect(await all()).toEqual([]);
	});

	it('is not found by a name alone, also where nobody else has it', async () => {
		await saved(test.store, [customer({ code: undefined, firstName: 'Luca', lastName: 'Neri', birthDate: undefined })]);
		expect(await by({ firstName: 'Luca', lastName: 'Neri' })).toMatchObject({ reason: 'CUSTOMER_UNKNOWN' });
	});

	it('is refused where two fit, and where the customer was erased', async () => {
		await saved(test.store, [customer({ code: 'C2', firstName: 'Giulia', lastName: "D'Angelo" })]);
		expect(await by({ firstName: 'Giulia', lastName: "D'Angelo", birthDate: '1980-11-22' })).toMatchObject({ reason: 'AMBIGUOUS_CUSTOMER' });
		await test.store.db.updateTable('customers').set({ erased_at: NOW }).where('id', '=', giulia).execute();
		expect(await by({ customerCode: 'C1' })).toMatchObject({ reason: 'CUSTOMER_UNKNOWN' });
	});

	it('is the one who was kept, where the customer was merged', async () => {
		const [kept, merged] = await saved(test.store, [customer({ code: 'KEPT' }), customer({ code: 'GONE' })]);
		await mergeCustomers(test.store, { keptId: kept, mergedId: merged, who: 'chiara' }, NOW);
		const results = await saveEquipment(test.store, [{ customerCode: 'GONE', code: 'S-1', deliveredOn: '2026-01-10' }, { customerId: merged, code: 'S-2', deliveredOn: '2026-01-11' }], NOW);
		expect(results).toMatchObject([{ customerId: kept }, { customerId: kept }]);
		expect(await listEquipment(test.store, { customer: { code: 'GONE' }, limit: 10 })).toHaveLength(2);
	});

	it('is never a customer of another shop', async () => {
		await test.store.db.insertInto('shops').values({ ...(await test.store.db.selectFrom('shops').selectAll().executeTakeFirstOrThrow()), id: 2, code: 'other' }).execute();
		const other = { ...test.store, shop: { ...test.store.shop, id: 2 } };
		expect(await saveEquipment(other, [pair(), pair({ customerCode: undefined, customerId: giulia })], NOW)).toMatchObject([{ reason: 'CUSTOMER_UNKNOWN' }, { reason: 'CUSTOMER_UNKNOWN' }]);
		await save([pair()]);
		expect(await listEquipment(other, { limit: 10 })).toEqual([]);
		expect(await saveEquipment(other, [{ code: 'B1', amountCents: 1 }], NOW)).toMatchObject([{ reason: 'CUSTOMER_UNKNOWN' }]);
	});
});

describe('what cannot be right', () => {
	it.each<[NewEquipment, string, keyof typeof RECORD_REASONS]>([
		[{ orderedOn: undefined }, 'orderedOn', 'ORDER_DATE_MISSING'],
		[{ orderedOn: '2026-11-23' }, 'orderedOn', 'ORDER_IN_FUTURE'],
		[{ deliveredOn: '2026-11-23' }, 'deliveredOn', 'DELIVERY_IN_FUTURE'],
		[{ deliveredOn: '2026-10-31' }, 'deliveredOn', 'DELIVERY_BEFORE_ORDER'],
		[{ deliveredOn: '2026-11-10', returnedOn: '2026-11-09' }, 'returnedOn', 'RETURN_BEFORE_DELIVERY'],
		[{ amountCents: -1 }, 'amount', 'AMOUNT_NEGATIVE'],
		[{ amountCents: 0.5 }, 'amount', 'AMOUNT_UNUSABLE'],
		[{ supplyDays: 0 }, 'supplyDays', 'SUPPLY_UNUSABLE'],
		[{ supplyDays: -30 }, 'supplyDays', 'SUPPLY_UNUSABLE'],
		[{ usefulMonths: 0 }, 'usefulMonths', 'USEFUL_LIFE_UNUSABLE'],
	])('%p is refused with its reason, and the others are stored', async (changes, field, reason) => {
		expect(await save([pair(changes), pair({ code: 'B2' })])).toMatchObject([{ status: 'rejected', field, reason }, { status: 'created' }]);
		expect(RECORD_REASONS[reason].length).toBeGreaterThan(20);
		expect((await all()).map(({ code }) => code)).toEqual(['B2']);
	});

	it('is seen with what is stored already, and leaves it as it was', async () => {
		await save([pair()]);
		expect(await save([{ code: 'B1', deliveredOn: '2026-10-31' }])).toMatchObject([{ reason: 'DELIVERY_BEFORE_ORDER' }]);
		expect(await all()).toEqual([expect.not.objectContaining({ deliveredOn: expect.anything() })]);
	});

	it('is held against the day in the shop, not in London', async () => {
		expect(await save([pair({ orderedOn: '2026-11-23' })], '2026-11-22T23:30:00.000Z')).toMatchObject([{ status: 'created' }]);
	});
});
