import { sql } from 'kysely';
import { dryRun } from '../../../lib/store/dryRun';
import { listCustomers } from '../../../lib/store/customers/customers';
import { customer, openTestStore, saved, type TestStore } from '../../support/store';

let test: TestStore;
beforeEach(async () => void (test = await openTestStore()));
afterEach(async () => await test.close());

const names = async () => (await listCustomers(test.store, { limit: 10 })).map(({ firstName }) => firstName);

describe('a dry run', () => {
	it('sees what it changes, in transactions of its own too, and leaves nothing', async () => {
		await saved(test.store, [customer({ firstName: 'Anna' })]);
		const seen = await dryRun(test.store, async (store) => {
			// Saving opens a transaction.
			await saved(store, [customer({ firstName: 'Bice' })]);
			await store.db.transaction().execute(async (inner) => await inner.updateTable('customers').set({ first_name: 'Carla' }).where('first_name', '=', 'Anna').execute());
			return (await listCustomers(store, { limit: 10 })).map(({ firstName }) => firstName);
		});
		expect(seen.sort()).toEqual(['Bice', 'Carla']);
		expect(await names()).toEqual(['Anna']);
	});

	it('leaves nothing when it fails either, and the store goes on', async () => {
		const failing = dryRun(test.store, async (store) => {
			await saved(store, [customer()]);
			await sql`select * from no_such_table`.execute(store.db);
		});
		await expect(failing).rejects.toThrow();
		expect(await names()).toEqual([]);
		await saved(test.store, [customer({ firstName: 'Dora' })]);
		expect(await names()).toEqual(['Dora']);
	});
});
