import { customerMatchKey, fold } from '../../../../lib/domain/text';
import { listCustomers } from '../../../../lib/store/customers/customers';
import { openTestStore, type TestStore } from '../../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';

let test: TestStore;
beforeEach(async () => void (test = await openTestStore()));
afterEach(async () => await test.close());

/** Customers who stand as far apart as in a large shop. */
async function insert(ids: readonly number[], lastName: string, contactPoints: number): Promise<void> {
	const { db, shop } = test.store;
	const person = { shop_id: shop.id, first_name: 'Olga', last_name: lastName, match_key: customerMatchKey({ firstName: 'Olga', lastName }), search_name: fold(`${lastName} Olga`), created_at: NOW, updated_at: NOW };
	await db.insertInto('customers').values(ids.map((id) => ({ id, ...person, deceased: 0 }))).execute();
	const points = ids.flatMap((id) => Array.from({ length: contactPoints }, (_, place) => ({
		shop_id: shop.id, customer_id: id, kind: 'email', value: `${contactPoints - place}.${id}@posta.example`, status: place === 0 ? 'bounced' : 'valid', preferred: place === 1 ? 1 : 0, address_hash: '', created_at: NOW,
	})));
	if (points.length > 0) await db.insertInto('contact_points').values(points).execute();
}

it('finds everybody of a name once, page by page, however far apart they stand', async () => {
	const quaglia = [1, 2, 9_999, 10_001, 10_002, 25_000, 90_000, 90_001];
	await insert(quaglia, 'Quàglia', 0);
	await insert([3, 10_000, 20_000, 90_002], 'Conti', 0);
	for (const limit of [1, 2, 3, 7, 8, 9, 50]) {
		const found: number[] = [];
		for (let after = 0, page = [0]; page.length > 0; after = page[page.length - 1]) {
			page = (await listCustomers(test.store, { search: 'olga QUAGLIA', after, limit })).map(({ id }) => id);
			expect(page.length).toBeLessThanOrEqual(limit);
			found.push(...page);
		}
		expect(found).toEqual(quaglia);
	}
	expect(await listCustomers(test.store, { search: ' ', limit: 50 })).toHaveLength(12);
	expect(await listCustomers(test.store, { search: 'nobody', limit: 50 })).toEqual([]);
});

it('gives each customer the own contact points, the oldest first', async () => {
	await insert([5], 'Conti', 3);
	await insert([6], 'Galli', 0);
	const [conti, galli] = await listCustomers(test.store, { limit: 50 });
	expect(conti.contactPoints.map(({ id }) => id)).toEqual(conti.contactPoints.map(({ id }) => id).toSorted((one, other) => one - other));
	expect(conti.contactPoints.map(({ value, status, preferred, line }) => [value, status, preferred, line])).toEqual([
		['3.5@posta.example', 'bounced', false, undefined], ['2.5@posta.example', 'valid', true, undefined], ['1.5@posta.example', 'valid', false, undefined],
	]);
	expect(galli.contactPoints).toEqual([]);
});
