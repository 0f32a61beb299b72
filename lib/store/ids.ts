import { sql } from 'kysely';
import type { Database } from './open';

/**
 * The next free id of a table whose rows are never deleted, for a transaction that writes rows and those that refer to them in one
 * statement each. The ids after it are free too: the transaction holds the only right to write.
 */
export async function nextId(transaction: Database, table: 'customers'): Promise<number> {
	const { rows } = await sql<{ last: number | null }>`select max(id) as last from ${sql.table(table)}`.execute(transaction);
	return (rows[0].last ?? 0) + 1;
}
