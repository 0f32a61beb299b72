import { SEGMENT_DEFAULTS, type Rule } from '../../../../lib/domain/segment';
import { claimSegmentChanges, type SegmentChanges, type SegmentWatch } from '../../../../lib/store/segments/changes';
import { eraseCustomers } from '../../../../lib/store/erasing/eraseCustomers';
import { saveEquipment } from '../../../../lib/store/records/equipment';
import { settleOccasions } from '../../../../lib/store/settling';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const HOURS = (hours: number) => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();
const BUYERS: Rule = { fact: 'purchases', comparison: 'atLeast', value: 1 };

let test: TestStore;
beforeEach(async () => void (test = await openTestStore(NOW)));
afterEach(async () => await test.close());

const look = async ({ at = NOW, limit = 10, ...changes }: Partial<SegmentWatch> & { at?: string; limit?: number; today?: string } = {}): Promise<SegmentChanges> => {
	const today = changes.today ?? at.slice(0, 10);
	const watch: SegmentWatch = { name: 'buyers', rule: BUYERS, change: 'entered', expiresOn: '2026-12-06', scope: { today, settings: SEGMENT_DEFAULTS }, ...changes };
	return await claimSegmentChanges(test.store, watch, { limit, leaseMinutes: 60 }, at);
};
const who = ({ occasions }: SegmentChanges) => occasions.map(({ customer: { id } }) => id);
const people = async (count: number) => await saved(test.store, Array.from({ length: count }, () => customer()), NOW);
const buys = async (...ids: number[]) => await saveEquipment(test.store, ids.map((customerId) => ({ customerId, code: `B${customerId}`, lensType: 'sun' as const, orderedOn: '2026-11-20' })), NOW);
const returns = async (...ids: number[]) => await saveEquipment(test.store, ids.map((customerId) => ({ customerId, code: `B${customerId}`, returnedOn: '2026-11-21' })), NOW);

it('remembers at the first look, and hands out at the next who has come in since, once', async () => {
	const [one, two] = await people(3);
	await buys(one);
	expect(await look()).toEqual({ began: true, members: 1, occasions: [] });
	await buys(two);
	const found = await look();
	expect(found).toMatchObject({ began: false, members: 2, occasions: [{ kind: 'campaign.buyers', dueOn: '2026-11-22', stage: 1, expiresOn: '2026-12-06', customer: { id: two, firstName: 'Giulia' } }] });
	expect(who(await look({ at: HOURS(0.5) }))).toEqual([]);
});

it('hands out who has left, where that is asked, and who comes again', async () => {
	const [one, two] = await people(2);
	await buys(one, two);
	await look({ change: 'left' });
	await returns(one);
	const gone = await look({ change: 'left' });
	expect(who(gone)).toEqual([one]);
	await settleOccasions(test.store, [{ occasionId: gone.occasions[0].occasionId as number, outcome: 'message' }], NOW);
	await saveEquipment(test.store, [{ customerId: one, code: 'another', lensType: 'sun', orderedOn: '2026-11-21' }], NOW);
	expect(who(await look({ change: 'left', at: HOURS(24) }))).toEqual([]);
	await saveEquipment(test.store, [{ customerId: one, code: 'another', returnedOn: '2026-11-22' }], NOW);
	const [occasion] = (await look({ change: 'left', at: HOURS(48) })).occasions;
	expect(occasion).toMatchObject({ customer: { id: one }, dueOn: '2026-11-24' });
});

it('hands out again what the workflow did not end, three times in all, and then says so in the ledger', async () => {
	const [one, two] = await people(2);
	await look();
	await buys(one, two);
	const first = await look();
	expect(who(first)).toEqual([one, two]);
	await settleOccasions(test.store, [{ occasionId: first.occasions[0].occasionId as number, outcome: 'blocked', reason: 'CONSENT_MISSING' }], NOW);
	expect(who(await look({ at: HOURS(2) }))).toEqual([two]);
	expect(who(await look({ at: HOURS(4) }))).toEqual([two]);
	expect(who(await look({ at: HOURS(6) }))).toEqual([]);
	expect(await test.store.db.selectFrom('occasions').select(['customer_id', 'outcome', 'reason']).orderBy('customer_id').execute()).toEqual([
		{ customer_id: one, outcome: 'blocked', reason: 'CONSENT_MISSING' }, { customer_id: two, outcome: 'dropped', reason: 'DROPPED_BY_WORKFLOW' },
	]);
});

it('who leaves and comes again on one day is handed out once', async () => {
	const [one] = await people(1);
	await look();
	await buys(one);
	expect(who(await look())).toEqual([one]);
	await returns(one);
	await look();
	await saveEquipment(test.store, [{ customerId: one, code: 'another', lensType: 'sun', orderedOn: '2026-11-21' }], NOW);
	expect(await look()).toEqual({ began: false, members: 1, occasions: [] });
});

it('gives no more than the limit, and the others at the next look', async () => {
	const ids = await people(5);
	await look();
	await buys(...ids);
	expect(who(await look({ limit: 2 }))).toEqual(ids.slice(0, 2));
	expect(who(await look({ limit: 2 }))).toEqual(ids.slice(2, 4));
	expect(await look({ limit: 2 })).toMatchObject({ members: 5, occasions: [{ customer: { id: ids[4] } }] });
});

it('begins anew where the segment is defined otherwise', async () => {
	const [one, two] = await people(2);
	await buys(one);
	await look();
	await buys(two);
	const rule: Rule = { all: [BUYERS, { fact: 'sunInUse', comparison: 'is', value: true }] };
	expect(await look({ rule })).toEqual({ began: true, members: 0, occasions: [] });
	expect(await look({ rule, scope: { today: '2026-11-22', settings: { ...SEGMENT_DEFAULTS, newMonths: 7 } } })).toMatchObject({ began: true });
});

it('watches of other names and of other shops know nothing of each other', async () => {
	const [one] = await people(1);
	await look();
	await look({ name: 'others' });
	await buys(one);
	expect(who(await look())).toEqual([one]);
	expect(who(await look({ name: 'others' }))).toEqual([one]);
});

it('nobody is handed out for having died, having been merged or erased', async () => {
	const [one, two, three] = await people(3);
	await buys(one, two, three);
	await look({ change: 'left' });
	await test.store.db.updateTable('customers').set({ deceased: 1 }).where('id', '=', one).execute();
	await test.store.db.updateTable('customers').set({ merged_into: three }).where('id', '=', two).execute();
	expect(await look({ change: 'left' })).toEqual({ began: false, members: 1, occasions: [] });
	await eraseCustomers(test.store, [three], { reason: 'request', who: 'Chiara' }, NOW);
	expect(await test.store.db.selectFrom('segment_members').selectAll().execute()).toEqual([]);
	expect(await look({ change: 'left' })).toEqual({ began: false, members: 0, occasions: [] });
});

it('needs as many statements for a hundred changes as for one', async () => {
	const ids = await people(101);
	await look();
	await buys(ids[0]);
	const few = await countStatements(async () => await look({ limit: 500 }));
	await buys(...ids.slice(1));
	expect(await countStatements(async () => expect((await look({ limit: 500 })).occasions).toHaveLength(100))).toBe(few);
});
