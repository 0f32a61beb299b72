import type { NewContactPoint } from '../../../../lib/domain/customer';
import { buildHouseholds } from '../../../../lib/store/customers/buildHouseholds';
import { listCustomers } from '../../../../lib/store/customers/customers';
import { listHouseholds } from '../../../../lib/store/customers/households';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';

let test: TestStore;
beforeEach(async () => void (test = await openTestStore()));
afterEach(async () => await test.close());

const email = (value: string): NewContactPoint => ({ kind: 'email', value });
const home = (street: string): NewContactPoint => ({ kind: 'address', value: JSON.stringify({ street, postalCode: '50100', town: 'Firenze', country: 'IT' }) });
const living = (lastName: string, ...contactPoints: NewContactPoint[]) => customer({ lastName, contactPoints, consents: [] });
const homes = async () => (await listHouseholds(test.store, { limit: 999 })).map(({ id, name, members }) => [id, name, members.map((member) => member.id)]);

it('holds together who shares a contact point, or an address and a last name, also through others', async () => {
	const [a, b, c] = await saved(test.store, [
		living('Rossi', email('casa@p.example')),
		living('Bianchi', email('casa@p.example'), home('Via Roma, 1')),
		living('Bianchi', home('VIA ROMA 1')),
		living('Verdi', home('Via Roma 1')),
		living('Bianchi', home('Via Roma 2')),
	]);
	expect(await buildHouseholds(test.store, NOW)).toEqual({ households: 1, members: 3, changed: 3, created: 1, dissolved: 0 });
	expect(await homes()).toEqual([[1, 'Rossi', [a, b, c]]]);
	expect((await listCustomers(test.store, { household: 1, limit: 9 })).map(({ id }) => id)).toEqual([a, b, c]);
	expect(await listHouseholds(test.store, { limit: 9, customerId: b })).toHaveLength(1);
});

it('changes nothing the second time, keeps the id of a home that stays, and dissolves one that is none', async () => {
	const ids = await saved(test.store, [1, 1, 2, 2].map((number) => living('Rossi', email(`casa${number}@p.example`))));
	await buildHouseholds(test.store, NOW);
	expect(await buildHouseholds(test.store, NOW)).toEqual({ households: 2, members: 4, changed: 0, created: 0, dissolved: 0 });
	await test.store.db.deleteFrom('contact_points').where('customer_id', '=', ids[0]).execute();
	const [added] = await saved(test.store, [living('Neri', email('casa2@p.example'))]);
	expect(await buildHouseholds(test.store, NOW)).toEqual({ households: 1, members: 3, changed: 3, created: 0, dissolved: 1 });
	expect(await homes()).toEqual([[2, 'Rossi', [ids[2], ids[3], added]]]);
});

it('takes an address of many for a workplace, and a town for no home', async () => {
	const town = { kind: 'address' as const, value: JSON.stringify({ town: 'Firenze', country: 'IT' }) };
	await saved(test.store, [...Array.from({ length: 9 }, (_, number) => living(`Rossi ${number}`, email('ufficio@p.example'))), living('Neri', town), living('Neri', town)]);
	expect(await buildHouseholds(test.store, NOW)).toMatchObject({ households: 0, members: 0 });
});

it('needs as many statements for many as for few', async () => {
	const build = async () => await buildHouseholds(test.store, NOW);
	const few = await countStatements(build);
	await saved(test.store, Array.from({ length: 200 }, (_, number) => living('Rossi', email(`casa${number >> 1}@p.example`))));
	expect(await countStatements(build)).toBe(few);
	expect(await homes()).toHaveLength(100);
});
