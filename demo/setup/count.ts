import { sql, type RawBuilder } from 'kysely';
import type { Store } from '../../lib/store/open';

/** How many rows there are. @param rows what stands behind `from`, with its conditions */
export async function count({ db }: Pick<Store, 'db'>, rows: RawBuilder<unknown>): Promise<number> {
	return (await sql<{ total: number }>`select count(*) as total from ${rows}`.execute(db)).rows[0].total;
}
