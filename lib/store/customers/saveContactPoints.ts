import { sql } from 'kysely';
import type { NewContactPoint } from '../../domain/customer';
import { addressHash, derivedKey } from '../../domain/keys';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import type { Row } from '../schema';
import { idSet, rowSet } from '../sets';

/** A customer with the contact points that a source gives, the one to use first of its kind. */
export interface SavedCustomer {
	id: number;
	/** False where the customer has just been created, so that there is nothing to compare with. */
	known: boolean;
	/** True where the source may only add kinds of contact point that the customer has none of. */
	gapsOnly: boolean;
	contactPoints: readonly NewContactPoint[];
}

/** Use of the store's secret for the keyed hashes of addresses. */
export const ADDRESS_HASH = 'address-hash';

type Point = Pick<Row<'contact_points'>, 'customer_id' | 'kind' | 'value' | 'line' | 'preferred'>;

/** Adds what is new, and prefers the latest of each kind; former ones stay. Returns the customers that it changed. */
export async function saveContactPoints(store: Store, customers: readonly SavedCustomer[], now: Instant): Promise<Set<number>> {
	const known = customers.filter((customer) => customer.known);
	// With a new customer there is nothing to compare, and an import has millions of them.
	const first = customers.flatMap((customer) => (customer.known ? [] : pointsOf(customer)));
	const stored = await storedPoints(store, known.map(({ id }) => id));
	const kindsStored = new Set(stored.map(kindKeyOf));
	const wanted = known.flatMap((customer) => pointsOf(customer).filter((point) => !customer.gapsOnly || !kindsStored.has(kindKeyOf(point))));
	const byKey = new Map(stored.map((point) => [keyOf(point), point]));
	const given = new Map(wanted.map((point) => [keyOf(point), point]));
	const kinds = new Set(wanted.map(kindKeyOf));

	const added = [...given].filter(([key]) => !byKey.has(key)).map(([, point]) => point);
	const changed = stored.flatMap((point) => {
		// A source that says nothing of a kind changes nothing of it.
		if (!kinds.has(kindKeyOf(point))) return [];
		const { line, preferred } = given.get(keyOf(point)) ?? { line: point.line, preferred: 0 };
		return line === point.line && preferred === point.preferred ? [] : [{ ...point, line, preferred }];
	});
	await writePoints(store, [...first, ...added, ...changed], now);
	return new Set([...first, ...added, ...changed].map(({ customer_id }) => customer_id));
}

function pointsOf({ id, contactPoints }: SavedCustomer): Point[] {
	const kinds = new Set<string>();
	const values = new Set<string>();
	return contactPoints.flatMap(({ kind, value, line }) => {
		if (values.has(`${kind} ${value}`)) return [];
		values.add(`${kind} ${value}`);
		const preferred = kinds.has(kind) ? 0 : 1;
		kinds.add(kind);
		return [{ customer_id: id, kind, value, line: line ?? null, preferred }];
	});
}

function keyOf({ customer_id, kind, value }: Point): string {
	return `${customer_id} ${kind} ${value}`;
}

function kindKeyOf({ customer_id, kind }: Point): string {
	return `${customer_id} ${kind}`;
}

async function storedPoints({ db }: Store, customerIds: number[]): Promise<Array<Point & { id: number }>> {
	if (customerIds.length === 0) return [];
	const { rows } = await sql<Point & { id: number }>`
		select id, customer_id, kind, value, line, preferred from contact_points where customer_id in ${idSet(customerIds)}`.execute(db);
	return rows;
}

/** Writes contact points, new and changed ones alike. */
async function writePoints({ db, shop, secret }: Store, points: readonly Point[], now: Instant): Promise<void> {
	if (points.length === 0) return;
	const key = derivedKey(secret, ADDRESS_HASH);
	const rows = points.map((point) => ({ ...point, address_hash: addressHash(point.kind as NewContactPoint['kind'], point.value, key) }));
	await sql`
		insert into contact_points (shop_id, customer_id, kind, value, line, preferred, address_hash, created_at)
		select ${shop.id}, customer_id, kind, value, line, preferred, address_hash, ${now}
		from ${rowSet(rows, { customer_id: 'integer', kind: 'text', value: 'text', line: 'text', preferred: 'integer', address_hash: 'text' })} as given
		where true
		on conflict (customer_id, kind, value) do update set line = excluded.line, preferred = excluded.preferred`.execute(db);
}
