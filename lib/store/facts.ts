import { sql } from 'kysely';
import type { ConsentPurpose, ContactPointFact, CustomerFacts } from '../domain/consent';
import type { ContactPointKind } from '../domain/glossary';
import { consentHistory } from './consents';
import type { Store } from './open';
import { idSet } from './sets';

interface CustomerRow {
	id: number;
	birth_date: string | null;
	deceased: number;
}

interface ContactPointRow {
	id: number;
	customer_id: number;
	kind: string;
	line: string | null;
	status: string;
	preferred: number;
	suppressed_for: string | null;
}

/**
 * What the rules need to know of these customers, in three queries whatever their number.
 * A customer that the shop does not know is missing from the answer.
 */
export async function customerFacts(store: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[]): Promise<Map<number, CustomerFacts>> {
	const customers = await sql<CustomerRow>`
		select id, birth_date, deceased from customers where id in ${idSet(customerIds)} and shop_id = ${store.shop.id}`.execute(store.db);
	const points = await sql<ContactPointRow>`
		select point.id, point.customer_id, point.kind, point.line, point.status, point.preferred,
			(select group_concat(purpose) from suppressions
				where shop_id = point.shop_id and address_hash = point.address_hash) as suppressed_for
		from contact_points as point
		where point.customer_id in ${idSet(customerIds)} and point.shop_id = ${store.shop.id}
		order by point.id`.execute(store.db);
	const consents = await consentHistory(store, customerIds);

	const facts = new Map<number, CustomerFacts>();
	for (const { id, birth_date, deceased } of customers.rows) {
		facts.set(id, {
			customerId: id,
			birthDate: birth_date ?? undefined,
			deceased: deceased === 1,
			contactPoints: [],
			consents: consents.get(id) ?? [],
		});
	}
	for (const row of points.rows) facts.get(row.customer_id)?.contactPoints.push(toFact(row));
	return facts;
}

function toFact(row: ContactPointRow): ContactPointFact {
	return {
		id: row.id,
		kind: row.kind as ContactPointKind,
		line: (row.line ?? undefined) as ContactPointFact['line'],
		status: row.status as ContactPointFact['status'],
		preferred: row.preferred === 1,
		suppressedFor: (row.suppressed_for?.split(',') ?? []) as ConsentPurpose[],
	};
}
