import { sql } from 'kysely';
import type { ConsentPurpose, ContactPointFact, CustomerFacts } from '../domain/consent';
import type { ContactPointKind } from '../domain/glossary';
import { bothWays } from './dialect';
import { consentHistory } from './consents';
import type { Store } from './open';
import { idSet } from './sets';

interface FactRow {
	customer_id: number;
	birth_date: string | null;
	deceased: number;
	/** Null where the customer has no contact point. */
	id: number | null;
	kind: string;
	line: string | null;
	status: string;
	preferred: number;
	suppressed_for: string | null;
}

/**
 * What the rules need to know of these customers, in two queries whatever their number.
 * A customer that the shop does not know, or who was merged into another, is missing from the answer.
 */
export async function customerFacts(store: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[]): Promise<Map<number, CustomerFacts>> {
	const { rows } = await sql<FactRow>`
		select customer.id as customer_id, customer.birth_date, customer.deceased,
			point.id, point.kind, point.line, point.status, point.preferred,
			(select ${bothWays(sql`group_concat(purpose)`, sql`string_agg(purpose, ',')`)} from suppressions
				where shop_id = point.shop_id and address_hash = point.address_hash) as suppressed_for
		from customers as customer left join contact_points as point on point.customer_id = customer.id
		where customer.id in ${idSet(customerIds)} and +customer.shop_id = ${store.shop.id} and customer.merged_into is null
		order by customer.id, point.id`.execute(store.db);
	const consents = await consentHistory(store, customerIds);

	const facts = new Map<number, CustomerFacts>();
	for (const row of rows) {
		const { customer_id: customerId, birth_date: birthDate, deceased } = row;
		let known = facts.get(customerId);
		if (!known) {
			known = { customerId, birthDate: birthDate ?? undefined, deceased: deceased === 1, contactPoints: [], consents: consents.get(customerId) ?? [] };
			facts.set(customerId, known);
		}
		if (row.id !== null) known.contactPoints.push(toFact(row.id, row));
	}
	return facts;
}

function toFact(id: number, row: FactRow): ContactPointFact {
	return {
		id,
		kind: row.kind as ContactPointKind,
		line: (row.line ?? undefined) as ContactPointFact['line'],
		status: row.status as ContactPointFact['status'],
		preferred: row.preferred === 1,
		suppressedFor: (row.suppressed_for?.split(',') ?? []) as ConsentPurpose[],
	};
}
