import { sql } from 'kysely';
import type { ContactPoint, Customer } from '../domain/customer';
import type { ContactPointKind, Formality, Language } from '../domain/glossary';
import { fold } from '../domain/text';
import type { Store } from './open';
import type { Row } from './schema';
import { idSet } from './sets';

/** Which customers to list. */
export interface CustomerQuery {
	/** Part of a name, in any order, case and accents. */
	search?: string;
	/** Only those with this e-mail or phone, in normal form. */
	contact?: string;
	/** Only ids above this one: the last of the page before. */
	after?: number;
	limit: number;
}

/** Which customer is meant: by the store's id or by the shop program's code. */
export type CustomerReference = { id: number } | { code: string };

/** Customers of the shop by ascending id, with their contact points, in two queries. */
export async function listCustomers(store: Store, query: CustomerQuery): Promise<Customer[]> {
	// Not by an index of the shop: read by id, the list ends where the limit is reached.
	const ofShop = sql<boolean>`+shop_id = ${store.shop.id}`;
	let customers = store.db.selectFrom('customers').selectAll().where(ofShop).where('id', '>', query.after ?? 0);
	for (const word of fold(query.search ?? '').split(' ').filter(Boolean)) customers = customers.where('search_name', 'like', `%${word}%`);
	if (query.contact) {
		const contact = query.contact;
		customers = customers.where('id', 'in', (points) =>
			points.selectFrom('contact_points').select('customer_id').where('shop_id', '=', store.shop.id).where('kind', 'in', ['email', 'phone']).where('value', '=', contact),
		);
	}
	return await withContactPoints(store, await customers.orderBy('id').limit(query.limit).execute());
}

/** These customers of the shop, in the order asked for; `undefined` where there is none. */
export async function getCustomers(store: Store, references: readonly CustomerReference[]): Promise<Array<Customer | undefined>> {
	const ids = references.flatMap((reference) => ('id' in reference ? [reference.id] : []));
	const codes = references.flatMap((reference) => ('code' in reference ? [reference.code] : []));
	const { rows } = await sql<Row<'customers'>>`
		select * from customers where +shop_id = ${store.shop.id} and id in ${idSet(ids)}
		union
		select * from customers where shop_id = ${store.shop.id} and code in (select value from json_each(${JSON.stringify(codes)}))`.execute(store.db);
	const found = await withContactPoints(store, rows);
	return references.map((wanted) =>
		found.find((customer) => ('id' in wanted ? customer.id === wanted.id : customer.code === wanted.code)),
	);
}

/** The owners and values of these contact points, by id: the one place where an address leaves the store for a message. */
export async function contactValues({ db, shop }: Store, contactPointIds: readonly number[]): Promise<Map<number, { customerId: number; value: string }>> {
	const { rows } = await sql<{ id: number; customer_id: number; value: string }>`
		select id, customer_id, value from contact_points where id in ${idSet(contactPointIds)} and +shop_id = ${shop.id}`.execute(db);
	return new Map(rows.map(({ id, customer_id, value }) => [id, { customerId: customer_id, value }]));
}

async function withContactPoints({ db, shop }: Store, rows: Array<Row<'customers'>>): Promise<Customer[]> {
	const points = await sql<Row<'contact_points'>>`
		select * from contact_points where customer_id in ${idSet(rows.map(({ id }) => id))} and +shop_id = ${shop.id} order by id`.execute(db);
	const byCustomer = new Map<number, ContactPoint[]>(rows.map(({ id }) => [id, []]));
	for (const point of points.rows) byCustomer.get(point.customer_id)?.push(toContactPoint(point));
	return rows.map((row) => toCustomer(row, byCustomer.get(row.id) ?? []));
}

function toCustomer(row: Row<'customers'>, contactPoints: ContactPoint[]): Customer {
	return {
		id: row.id,
		code: row.code ?? undefined,
		firstName: row.first_name,
		lastName: row.last_name,
		title: row.title ?? undefined,
		sex: (row.sex ?? undefined) as Customer['sex'],
		birthDate: row.birth_date ?? undefined,
		language: (row.language ?? undefined) as Language | undefined,
		formality: (row.formality ?? undefined) as Formality | undefined,
		deceased: row.deceased === 1,
		contactPoints,
	};
}

function toContactPoint(row: Row<'contact_points'>): ContactPoint {
	return {
		id: row.id,
		kind: row.kind as ContactPointKind,
		value: row.value,
		line: (row.line ?? undefined) as ContactPoint['line'],
		status: row.status as ContactPoint['status'],
		preferred: row.preferred === 1,
	};
}
