import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { ConsentCheck } from '../../../nodes/ConsentCheck/ConsentCheck.node';
import { KINDS } from '../../../nodes/shared/reach';
import type { QualityReport } from '../../../lib/report/dataQuality';
import { mergeCustomers } from '../../../lib/store/merging/mergeCustomers';
import { runNode } from '../../support/runNode';
import { countStatements } from '../../support/store';
import { openShop, TODAY, type TestShop } from '../support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const report = async (parameters = {}) =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'shop', operation: 'dataQuality', ...parameters }, items: [{}, {}] }))[0].map(({ json }) => json as unknown as QualityReport);
const one = async (parameters = {}) => (await report(parameters))[0];
const field = ({ fields }: Pick<QualityReport, 'fields'>, name: string) => {
	const { filled, valid, missing } = fields.find((row) => row.field === name) ?? {};
	return [filled, valid, missing];
};
const consent = (status: 'granted' | 'denied' | 'objected', channel: 'email' | 'any' = 'email', purpose: 'marketing' | 'any' = 'marketing') => ({ channel, purpose, status, capturedOn: '2023-02-03' });
const mobile = { kind: 'phone' as const, value: '+393331234567', line: 'mobile' as const };
const mixed = async () => [
	...(await shop.customers(2, { enteredOn: '2026-11-09', enteredBy: 'Anna' })),
	...(await shop.customers(1, { enteredOn: '2026-11-15', enteredBy: 'Luca', birthDate: undefined, contactPoints: [mobile], consents: [] })),
	...(await shop.customers(1, { consents: [consent('granted'), consent('objected', 'any', 'any')] })),
	...(await shop.customers(1, { birthDate: '2015-01-01' })),
	...(await shop.customers(1, { deceased: true })),
];

it('counts what is filled and usable, over all, by week and by operator', async () => {
	await mixed();
	const [quality, ...more] = await report();
	expect(more).toEqual([]);
	expect(quality.customers).toBe(5);
	expect([field(quality, 'email'), field(quality, 'mobile'), field(quality, 'birthDate'), field(quality, 'lastExam')]).toEqual([[4, 4, 1], [1, 1, 4], [4, 4, 1], [0, 0, 5]]);
	expect([field(quality, 'consent.marketing.email'), field(quality, 'consent.recall.letter')]).toEqual([[4, 4, 1], [1, 1, 4]]);
	expect(quality.byWeek.map(({ week, customers }) => [week, customers])).toEqual([['2026-11-09', 3], ['2026-11-16', 2]]);
	expect(quality.byOperator.map(({ operator, customers }) => [operator, customers])).toEqual([['Anna', 2], [undefined, 2], ['Luca', 1]]);
});

it('counts a contact point that bounced as filled, not as usable', async () => {
	await shop.customers(1);
	await shop.store.db.updateTable('contact_points').set({ status: 'bounced' }).execute();
	expect(field(await one(), 'email')).toEqual([1, 0, 0]);
});

it('names the customers to mend with their fields: those who spent most first, then those seen last', async () => {
	const ids = await shop.customers(4);
	await shop.customers(1, { contactPoints: [mobile], consents: [] });
	const row = (customer_id: number) => ({ shop_id: shop.store.shop.id, customer_id, source_key: `${customer_id}`, created_at: TODAY, updated_at: TODAY });
	const exam = (id: number, taken_on: string) => ({ ...row(id), kind: 'vision', taken_on });
	await shop.store.db.insertInto('exams').values([exam(ids[1], '2024-01-01'), exam(ids[2], '2025-01-01')]).execute();
	const sale = (id: number, ordered_on: string, amount_cents: number) => ({ ...row(id), kind: 'spectacles', ordered_on, delivered_on: ordered_on, amount_cents });
	await shop.store.db.insertInto('equipment').values([sale(ids[3], '2024-03-01', 20_000), sale(ids[1], '2023-11-22', 90_000)]).execute();
	const { toMend } = await one({ rowsToMend: 4 });
	expect(toMend).toEqual({ total: 5, share: 1, rows: [
		{ customerId: ids[3], fields: ['mobile', 'lastExam'], spentCents: 20_000, lastSeenOn: '2024-03-01' },
		{ customerId: ids[2], fields: ['mobile', 'equipment'], spentCents: 0, lastSeenOn: '2025-01-01' },
		{ customerId: ids[1], fields: ['mobile'], spentCents: 0, lastSeenOn: '2024-01-01' },
		{ customerId: ids[0], fields: ['mobile', 'lastExam', 'equipment'], spentCents: 0, lastSeenOn: undefined },
	] });
	expect((await one({ rowsToMend: 0 })).toMend).toMatchObject({ total: 5, rows: [] });
});

it('lists what cannot be right with how to mend it', async () => {
	const [id] = await shop.customers(1);
	await shop.store.db.updateTable('customers').set({ birth_date: '2031-01-01' }).execute();
	const quality = await one();
	expect(quality.badFacts).toEqual({ total: 1, rows: [
		{ customerId: id, in: 'customer', code: expect.any(String), field: 'birthDate', reason: 'BIRTH_DATE_IN_FUTURE', hint: 'The birth date lies after today. Correct it, or leave it empty.' },
	] });
	expect(field(quality, 'birthDate')).toEqual([1, 0, 0]);
});

it('reaches exactly those whom the Consent Check lets through', async () => {
	const ids = await mixed();
	const { reach } = await one({ channels: ['email'] });
	expect(reach.map(({ kind }) => kind)).toEqual(KINDS.map(({ kind }) => kind));
	for (const { kind, class: messageClass } of KINDS) {
		const items = ids.map((id) => ({ customer: { id }, occasion: { kind, class: messageClass, dueOn: TODAY, stage: 1 } }));
		const [allowed] = await runNode(ConsentCheck, { credentials: shop.credentials, items });
		expect([kind, reach.find((row) => row.kind === kind)?.reachable]).toEqual([kind, allowed.length]);
	}
	expect(reach.find(({ kind }) => kind === 'birthday')).toMatchObject({ reachable: 2, share: 0.4 });
});

it('leaves merged customers out', async () => {
	const [keptId, mergedId] = await shop.customers(2);
	await mergeCustomers(shop.store, { keptId, mergedId, who: 'Chiara' }, '2026-11-22T09:00:00.000Z');
	expect(await one()).toMatchObject({ customers: 1, toMend: { total: 1 } });
});

it('needs as many statements for many customers as for few, and says of an empty shop that it is empty', async () => {
	expect(await one()).toMatchObject({ customers: 0, toMend: { total: 0, rows: [] } });
	await shop.customers(1);
	const few = await countStatements(one);
	await shop.customers(300);
	expect(await countStatements(one)).toBe(few);
});
