import fc from 'fast-check';
import { sql } from 'kysely';
import { badFacts } from '../../../lib/store/badFacts';
import { APPOINTMENTS } from '../../../lib/store/records/appointments';
import { EQUIPMENT } from '../../../lib/store/records/equipment';
import { EXAMS } from '../../../lib/store/records/exams';
import { QUOTES } from '../../../lib/store/records/quotes';
import { fromColumns, type RecordKind } from '../../../lib/store/records/recordKind';
import { customer, openTestStore, saved, type TestStore } from '../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const TODAY = '2026-11-22';

let test: TestStore;
let ids: number[];
beforeEach(async () => {
	test = await openTestStore();
	ids = await saved(test.store, [customer(), customer({ birthDate: '2026-11-23' }), customer({ birthDate: '1876-11-22' }), customer({ deceased: true, birthDate: '2031-01-01' })]);
});
afterEach(async () => await test.close());

/** Straight into the table: no import and no node would let it in. */
async function insert(table: 'exams' | 'equipment' | 'appointments' | 'quotes', rows: object[]): Promise<void> {
	const common = (row: object, index: number) => ({ shop_id: test.store.shop.id, customer_id: ids[0], source_key: `${index}`, code: `${table}-${index}`, created_at: NOW, updated_at: NOW, ...row });
	await test.store.db.insertInto(table).values(rows.map(common) as never).execute();
}

it('lists what cannot be right, whatever way it came in, with its reason', async () => {
	await insert('exams', [{ kind: 'vision', taken_on: '2026-11-23' }, { kind: 'vision', taken_on: TODAY, next_due_on: '2027-11-22' }, { kind: 'vision', taken_on: '2030-01-01', customer_id: ids[3] }]);
	await insert('equipment', [
		{ kind: 'spectacles', ordered_on: '2026-03-02', delivered_on: '2026-03-01' }, { kind: 'contact-lenses', ordered_on: '2026-03-02', supply_days: 0 }, { kind: 'spectacles', ordered_on: '2026-03-02', delivered_on: TODAY },
	]);
	await insert('appointments', [{ kind: '', starts_at: '2026-11-22T23:00:00.000Z', status: 'kept' }, { kind: '', starts_at: '2026-11-22T22:59:00.000Z', status: 'kept' }]);
	await insert('quotes', [{ made_on: '2026-11-01', valid_until: '2026-10-01', status: 'open' }]);
	const { total, rows } = await badFacts(test.store, TODAY, 100);
	expect(total).toBe(7);
	expect(rows.map(({ customerId, in: where, code, field, reason }) => [customerId, where, where === 'customer' ? '' : code, field, reason])).toEqual([
		[ids[1], 'customer', '', 'birthDate', 'BIRTH_DATE_IN_FUTURE'],
		[ids[2], 'customer', '', 'birthDate', 'BIRTH_DATE_TOO_OLD'],
		[ids[0], 'exam', 'exams-0', 'takenOn', 'EXAM_IN_FUTURE'],
		[ids[0], 'equipment', 'equipment-0', 'deliveredOn', 'DELIVERY_BEFORE_ORDER'],
		[ids[0], 'equipment', 'equipment-1', 'supplyDays', 'SUPPLY_UNUSABLE'],
		[ids[0], 'appointment', 'appointments-0', 'status', 'APPOINTMENT_NOT_YET'],
		[ids[0], 'quote', 'quotes-0', 'validUntil', 'QUOTE_ENDS_BEFORE'],
	]);
	expect(await badFacts(test.store, TODAY, 3)).toEqual({ total: 7, rows: rows.slice(0, 3) });
	expect(await badFacts(test.store, TODAY, 0)).toEqual({ total: 7, rows: [] });
});

const day = fc.constantFrom(null, '2026-10-01', '2026-11-21', TODAY, '2026-11-23');
const known = fc.constantFrom('2026-10-01', '2026-11-21', TODAY, '2026-11-23');
const count = fc.constantFrom(null, -1, 0, 1, 600, 601, 3650, 3651);
const KINDS: Array<[RecordKind<object>, fc.Arbitrary<object>]> = [
	[EXAMS as never, fc.record({ kind: fc.constant('vision'), taken_on: known, next_due_on: day })],
	[EQUIPMENT as never, fc.record({ kind: fc.constant('other'), ordered_on: day, delivered_on: day, returned_on: day, amount_cents: count, supply_days: count, useful_months: count })],
	[APPOINTMENTS as never, fc.record({ kind: fc.constant(''), starts_at: fc.constantFrom('2026-11-22T22:59:59.999Z', '2026-11-22T23:00:00.000Z', '2026-01-01T00:00:00.000Z'), status: fc.constantFrom('booked', 'kept', 'missed', 'cancelled') })],
	[QUOTES as never, fc.record({ made_on: known, valid_until: day, amount_cents: count, status: fc.constant('open') })],
];

it.each(KINDS)('the database finds bad just what may not be saved (%#)', async (kind, row) => {
	await insert(kind.table, fc.sample(row, { numRuns: 400, seed: 7 }));
	const { rows } = await sql<Record<string, unknown>>`select *, case when ${kind.isBad(TODAY, 'Europe/Rome')} then 1 else 0 end as bad from ${sql.table(kind.table)}`.execute(test.store.db);
	const problems = rows.map((stored) => kind.problem(fromColumns(kind, stored), TODAY, 'Europe/Rome'));
	expect(problems.filter(Boolean).length).toBeGreaterThan(50);
	expect(rows.map(({ bad }) => bad === 1)).toEqual(problems.map((problem) => problem !== undefined));
});
