import { sql, type Transaction } from 'kysely';
import type { Schema } from './schema';

/**
 * The next free id of a table, for a transaction that writes rows and those that refer to them in one statement each.
 * The ids after it are free too: the transaction holds the only right to write.
 */
export async function nextId(transaction: Transaction<Schema>, table: 'customers' | 'messages'): Promise<number> {
	const { rows } = await sql<{ seq: number }>`select seq from sqlite_sequence where name = ${table}`.execute(transaction);
	return (rows[0]?.seq ?? 0) + 1;
}
