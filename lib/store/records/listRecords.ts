import { sql, type RawBuilder } from 'kysely';
import type { StoredRecord } from '../../domain/records';
import type { CustomerReference } from '../customers/customers';
import { shopInOrder } from '../dialect';
import type { Store } from '../open';
import { fromColumns, tableOf, type RecordKind } from './recordKind';

/** Which records to list. */
export interface RecordQuery<Fields> {
	/** Only those of this customer. */
	customer?: CustomerReference;
	/** First and last day, both included: `YYYY-MM-DD` in the shop. */
	from?: string;
	to?: string;
	/** Only those with these values, for example `{ status: 'open' }`. */
	having?: Partial<Fields>;
	/** Only ids above this one: the last of the page before. */
	after?: number;
	limit: number;
}

/** Records of the shop by ascending id, in one query. `from` and `to` as the kind's day is stored. */
export async function listRecords<Fields extends object>({ db, shop }: Store, kind: RecordKind<Fields>, query: RecordQuery<Fields>): Promise<Array<StoredRecord<Fields>>> {
	const conditions: Array<RawBuilder<unknown>> = [sql`${shopInOrder('record.shop_id')} = ${shop.id}`, sql`record.id > ${query.after ?? 0}`];
	if (query.customer && 'id' in query.customer) conditions.push(sql`record.customer_id = ${query.customer.id}`);
	if (query.customer && 'code' in query.customer) {
		conditions.push(sql`record.customer_id in (select coalesce(merged_into, id) from customers where shop_id = ${shop.id} and code = ${query.customer.code})`);
	}
	if (query.from) conditions.push(sql`${kind.day} >= ${query.from}`);
	if (query.to) conditions.push(sql`${kind.day} <= ${query.to}`);
	for (const [field, value] of Object.entries(query.having ?? {})) {
		const [column, type] = kind.fields[field as keyof Fields];
		if (value !== undefined) conditions.push(sql`${sql.ref(`record.${column}`)} = ${type === 'yesNo' ? Number(value) : value}`);
	}
	const { rows } = await sql<{ id: number; customer_id: number; code: string | null } & Record<string, unknown>>`
		select record.* from ${tableOf(kind)} as record where ${sql.join(conditions, sql` and `)} order by record.id limit ${query.limit}`.execute(db);
	return rows.map((row) => ({ id: row.id, customerId: row.customer_id, ...(row.code !== null && { code: row.code }), ...fromColumns(kind, row) }));
}
