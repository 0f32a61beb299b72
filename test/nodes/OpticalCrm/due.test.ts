import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { BirthdayDueTrigger } from '../../../nodes/BirthdayDueTrigger/BirthdayDueTrigger.node';
import { pollNode, runNode, type NodeRun } from '../../support/runNode';
import { setClock } from '../support/clock';
import { failure, openShop, TODAY, type TestShop } from '../support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const run = async (resource: string, operation: string, parameters: NonNullable<NodeRun['parameters']>, more: NodeRun = {}) =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource, operation, ...parameters }, ...more }))[0].map(({ json }) => json);
const byId = (id: number) => ({ customer: { __rl: true, mode: 'id', value: String(id) } });

it('keeps a date of a consultant\'s own, one of each name, and takes it away', async () => {
	const [id] = await shop.customers(1);
	const dates = async () => await shop.store.db.selectFrom('own_dates').select(['customer_id', 'name', 'day']).execute();
	expect(await run('customer', 'setDate', { ...byId(id), dateName: 'guarantee-end', day: '2028-11-22' })).toEqual([{ customerId: id, name: 'guarantee-end', day: '2028-11-22' }]);
	await run('customer', 'setDate', { ...byId(id), dateName: 'guarantee-end', day: '2028-12-01' });
	expect(await dates()).toEqual([{ customer_id: id, name: 'guarantee-end', day: '2028-12-01' }]);
	await run('customer', 'setDate', { ...byId(id), dateName: 'guarantee-end', day: '' });
	expect(await dates()).toEqual([]);
	expect((await failure(run('customer', 'setDate', { ...byId(id), dateName: 'Guarantee', day: '2028-12-01' }))).description).toContain('guarantee-end');
});

it('records an answer, today unless a day is given, and none of the future', async () => {
	const [id] = await shop.customers(1);
	expect(await run('contactHistory', 'recordAnswer', { ...byId(id), answer: 'wrong' })).toEqual([{ customerId: id, kind: 'progressive', answer: 'wrong', answeredOn: TODAY }]);
	expect(await shop.store.db.selectFrom('customer_answers').select(['customer_id', 'kind', 'answer', 'answered_on']).execute())
		.toEqual([{ customer_id: id, kind: 'progressive', answer: 'wrong', answered_on: TODAY }]);
	expect((await failure(run('contactHistory', 'recordAnswer', { ...byId(id), answeredOn: '2026-11-23' }))).description).toContain('not after today');
});

it('hands an occasion over to the staff, so that it does not come again', async () => {
	await shop.customers(2);
	const items = await pollNode(BirthdayDueTrigger, { credentials: shop.credentials });
	expect(await run('contactHistory', 'handOver', {}, { input: items })).toMatchObject(items.map(({ json }) => ({ occasion: { id: (json.occasion as { id: number }).id } })));
	setClock('2026-11-22T12:00:00.000Z');
	expect(await pollNode(BirthdayDueTrigger, { credentials: shop.credentials })).toEqual([]);
	expect(await shop.store.db.selectFrom('occasions').select(['state', 'outcome']).execute()).toEqual(Array(2).fill({ state: 'settled', outcome: 'handed-over' }));
});
