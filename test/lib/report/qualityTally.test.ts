import fc from 'fast-check';
import { mondayOf } from '../../../lib/domain/time';
import { QualityTally, type GradedCustomer } from '../../../lib/report/qualityTally';

const FIELDS = ['mobile', 'email', 'consent.marketing.email'];
const MENDABLE = 2;

const customers = fc.array(fc.record({
	enteredOn: fc.option(fc.integer({ min: 0, max: 20 }).map((days) => new Date(Date.UTC(2026, 10, 1 + days)).toISOString().slice(0, 10)), { nil: null }),
	enteredBy: fc.constantFrom('Anna', 'Luca', null),
	spentCents: fc.constantFrom(0, 0, 100, 200),
	lastSeenOn: fc.constantFrom(null, '2026-01-01', '2026-02-01'),
	grades: fc.tuple(...FIELDS.map(() => fc.constantFrom(0, 1, 2, 2, 2))) as fc.Arbitrary<GradedCustomer['grades'] & number[]>,
	answered: fc.boolean(),
})).map((rows) => rows.map((row, index): GradedCustomer => ({ id: index + 1, ...row })));

it('counts and orders as a list that is sorted and counted as a whole, whatever the limit', () => {
	fc.assert(fc.property(customers, fc.nat(5), (all, limit) => {
		const tally = new QualityTally(FIELDS, MENDABLE, limit);
		all.forEach((customer) => tally.add(customer));
		const unmended = all
			.map((customer) => ({ customer, fields: [...FIELDS.slice(0, MENDABLE).filter((_, place) => customer.grades[place] < 2), ...(customer.answered ? [] : ['consent'])] }))
			.filter(({ fields }) => fields.length > 0);
		const worth = ({ customer: { id, spentCents, lastSeenOn } }: (typeof unmended)[number]) => [String(999 - spentCents), lastSeenOn === null ? 'z' : String(3000_00_00 - Number(lastSeenOn.replaceAll('-', ''))), String(1000 + id)].join();
		const expected = unmended.sort((one, other) => (worth(one) < worth(other) ? -1 : 1)).slice(0, limit);
		expect(tally.toMend()).toEqual({
			total: unmended.length,
			rows: expected.map(({ customer: { id, spentCents, lastSeenOn }, fields }) => ({ customerId: id, fields, spentCents, lastSeenOn: lastSeenOn ?? undefined })),
		});
		const groups = tally.groups();
		expect(groups.reduce((sum, group) => sum + group.customers, 0)).toBe(all.length);
		for (const { week, operator, customers: count, fields } of groups) {
			const members = all.filter(({ enteredOn, enteredBy }) => (enteredOn === null ? undefined : mondayOf(enteredOn)) === week && (enteredBy ?? undefined) === operator);
			expect(count).toBe(members.length);
			FIELDS.forEach((field, place) => expect(fields[field]).toEqual({ filled: members.filter(({ grades }) => grades[place] > 0).length, valid: members.filter(({ grades }) => grades[place] === 2).length }));
		}
	}), { numRuns: 300 });
});

it('begins a week on Monday', () => {
	expect(['2026-11-15', '2026-11-16', '2026-11-22', '2026-11-23'].map(mondayOf)).toEqual(['2026-11-09', '2026-11-16', '2026-11-16', '2026-11-23']);
});
