import { sql } from 'kysely';
import type { Store } from '../open';

/** Customers that one statement of a report looks at: few enough that it takes no second, and n8n can do something else in between. */
const CUSTOMERS = 20_000;
/** Of a PostgreSQL integer. */
const LARGEST_ID = 2_147_483_647;

/** Ids from the first to the last, both included. */
export interface IdRange {
	from: number;
	to: number;
}

/** All customers of the shop in stretches of ids. Whatever is counted by customer is counted in each stretch and added up. */
export async function customerRanges({ db, shop }: Pick<Store, 'db' | 'shop'>): Promise<IdRange[]> {
	const { rows } = await sql<{ id: number }>`
		select id from (select id, row_number() over (order by id) as place from customers where shop_id = ${shop.id}) as placed
		where (place - 1) % ${sql.lit(CUSTOMERS)} = 0 order by id`.execute(db);
	return rows.map(({ id }, index) => ({ from: id, to: (rows[index + 1]?.id ?? LARGEST_ID + 1) - 1 }));
}
