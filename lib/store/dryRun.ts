import type { ControlledTransaction } from 'kysely';
import type { Database, Store } from './open';
import type { Schema } from './schema';

/**
 * Lets work change the store as it likes and takes all of it back, whether it succeeds or not: one transaction that is never committed. Nothing
 * is copied. Whoever else wants to write waits meanwhile.
 * @param work gets a store in which the transactions that it opens are part of the one that is taken back
 */
export async function dryRun<Result>(store: Store, work: (store: Store) => Promise<Result>): Promise<Result> {
	const transaction = await store.db.startTransaction().execute();
	try {
		return await work({ ...store, db: within(transaction) });
	} finally {
		await transaction.rollback().execute();
	}
}

/** A transaction with the face of a database: Kysely itself opens none inside another. */
function within(transaction: ControlledTransaction<Schema>): Database {
	const inside = { execute: async (work: (db: Database) => Promise<unknown>) => await work(database), setIsolationLevel: () => inside };
	const database: Database = new Proxy(transaction, {
		get: (target, name) => {
			if (name === 'transaction') return () => inside;
			const value: unknown = Reflect.get(target, name, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
	return database;
}
