import { sql } from 'kysely';
import type { Store } from '../open';

/** Customers that one statement of a report looks at: few enough that n8n can do something else a few times in a second. */
const CUSTOMERS = 5000;
/** Of a PostgreSQL integer. */
const LARGEST_ID = 2_147_483_647;

/** Ids from the first to the last, both included. */
export interface IdRange {
	from: number;
	to: number;
}

/** Lets whatever waits have its turn: the embedded file answers at once, and would leave none. */
const breathe = async () => await new Promise<void>((resolve) => void setImmediate(resolve));

/** All customers of the shop in stretches of ids. Whatever is counted by customer is counted in each stretch and added up. */
export async function* customerRanges({ db, shop }: Pick<Store, 'db' | 'shop'>): AsyncGenerator<IdRange> {
	const { rows } = await sql<{ id: number }>`
		select id from (select id, row_number() over (order by id) as place from customers where shop_id = ${shop.id}) as placed
		where (place - 1) % ${sql.lit(CUSTOMERS)} = 0 order by id`.execute(db);
	for (const [index, { id }] of rows.entries()) {
		yield { from: id, to: (rows[index + 1]?.id ?? LARGEST_ID + 1) - 1 };
		await breathe();
	}
}
