import { sql } from 'kysely';
import type { Store } from '../../../../lib/store/open';
import { rowSet } from '../../../../lib/store/sets';

const AT = '2020-01-01T08:00:00.000Z';
let serial = 0;

/** Writes rows as they stand, so that a test can have any past. */
export async function insertRows(store: Store, table: string, rows: ReadonlyArray<Record<string, string | number | null | undefined>>): Promise<void> {
	if (rows.length === 0) return;
	const names = [...new Set(rows.flatMap(Object.keys))];
	const types = Object.fromEntries(names.map((name) => [name, rows.some((row) => typeof row[name] === 'string') ? ('text' as const) : ('integer' as const)]));
	const columns = sql.join(names.map((name) => sql.ref(name)));
	await sql`insert into ${sql.table(table)} (${columns}) select ${columns} from ${rowSet(rows, types)} as given`.execute(store.db);
}

const record = (store: Store, customerId: number) => ({ shop_id: store.shop.id, customer_id: customerId, source_key: `row ${++serial}`, created_at: AT, updated_at: AT });

export const rowOf = {
	exam: (store: Store, customerId: number, day: string) => ({ ...record(store, customerId), kind: 'vision', taken_on: day }),
	appointment: (store: Store, customerId: number, startsOn: string, status = 'kept', madeOn = AT.slice(0, 10)) => ({ ...record(store, customerId), created_at: `${madeOn}T08:00:00.000Z`, kind: 'exam', starts_at: `${startsOn}T09:00:00.000Z`, status }),
	sale: (store: Store, customerId: number, columns: Record<string, string | number | null | undefined>) => ({ ...record(store, customerId), kind: 'spectacles', lens_type: null, amount_cents: null, ordered_on: null, delivered_on: null, returned_on: null, useful_months: null, ...columns }),
};
