import fc from 'fast-check';
import { dataQualityReport, type EnteredGroup, type FieldRow } from '../../../lib/report/dataQuality';

const group = (week: string | undefined, operator: string | undefined, customers: number, filled: number, valid: number): EnteredGroup => ({
	week, operator, customers, fields: { email: { filled, valid } },
});
const NOTHING = { reach: [], toMend: { total: 0, rows: [] }, badFacts: { total: 0, rows: [] } };

it('sums over all, by week and by operator', () => {
	const groups = [group('2026-11-16', 'Anna', 4, 3, 2), group('2026-11-16', 'Luca', 6, 6, 6), group('2026-11-23', 'Luca', 2, 0, 0), group(undefined, undefined, 8, 1, 0)];
	const report = dataQualityReport({ ...NOTHING, groups });
	expect(report).toMatchObject({ customers: 20, fields: [{ field: 'email', filled: 10, valid: 8, invalid: 2, missing: 10, filledShare: 0.5, validShare: 0.4 }] });
	expect(report.byWeek.map(({ week, customers, fields }) => [week, customers, fields[0].valid])).toEqual([['2026-11-16', 10, 8], ['2026-11-23', 2, 0], [undefined, 8, 0]]);
	expect(report.byOperator.map(({ operator, customers }) => [operator, customers])).toEqual([['Luca', 8], [undefined, 8], ['Anna', 4]]);
});

it('gives shares of all customers, and of nobody none', () => {
	const figures = { ...NOTHING, groups: [group('2026-11-16', 'Anna', 3, 1, 1)], reach: [{ kind: 'birthday', channel: 'email', reachable: 1 }], toMend: { total: 2, rows: [{ customerId: 7, fields: ['email'], spentCents: 0 }] } };
	expect(dataQualityReport(figures)).toMatchObject({ reach: [{ kind: 'birthday', channel: 'email', reachable: 1, share: 0.3333 }], toMend: { total: 2, share: 0.6667, rows: [{ customerId: 7 }] } });
	expect(dataQualityReport({ ...NOTHING, groups: [] })).toEqual({ customers: 0, fields: [], byWeek: [], byOperator: [], reach: [], toMend: { total: 0, share: 0, rows: [] }, badFacts: { total: 0, rows: [] } });
});

it('adds up in every table, whatever the figures', () => {
	const weeks = fc.option(fc.integer({ min: 0, max: 60 }).map((days) => new Date(Date.UTC(2026, 0, 5 + 7 * days)).toISOString().slice(0, 10)), { nil: undefined });
	const anyGroup = fc.record({ week: weeks, operator: fc.option(fc.constantFrom('Anna', 'Luca', ''), { nil: undefined }), counts: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)) })
		.map(({ week, operator, counts }) => { const [valid, filled, customers] = counts.sort((one, other) => one - other); return group(week, operator, customers, filled, valid); });
	fc.assert(fc.property(fc.array(anyGroup, { minLength: 1 }), (groups) => {
		const { customers, fields, byWeek, byOperator } = dataQualityReport({ ...NOTHING, groups });
		const sum = (rows: Array<{ customers: number; fields: FieldRow[] }>, of: (row: { customers: number; fields: FieldRow[] }) => number) => rows.reduce((all, row) => all + of(row), 0);
		for (const table of [byWeek, byOperator]) {
			expect(sum(table, (row) => row.customers)).toBe(customers);
			for (const part of ['filled', 'valid', 'invalid', 'missing'] as const) expect(sum(table, (row) => row.fields[0][part])).toBe(fields[0][part]);
		}
		expect(fields[0].valid + fields[0].invalid + fields[0].missing).toBe(customers);
	}));
});
