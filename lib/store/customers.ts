import { sql, type RawBuilder } from 'kysely';
import type { ContactPoint, Customer } from '../domain/customer';
import type { ContactPointKind, Formality, Language } from '../domain/glossary';
import { fold } from '../domain/text';
import type { Instant } from '../domain/time';
import type { Store } from './open';
import type { Row } from './schema';
import { idSet, textSet } from './sets';

/** Which customers to list. */
export interface CustomerQuery {
	/** Part of a name, in any order, case and accents. */
	search?: string;
	/** Only those with this e-mail or phone, in normal form. */
	contact?: string;
	/** Only those born in this month, 1 to 12. */
	birthMonth?: number;
	/** Only those who have a valid contact point of each of these. */
	reachableBy?: ReadonlyArray<'email' | 'mobile' | 'phone' | 'address'>;
	/** Only those whose last word on this channel and purpose is a yes. Whether it may be used is for the Consent Check to say. */
	consent?: { channel: string; purpose: string };
	/** Only members of this household. */
	household?: number;
	/** Only those created or changed at or after this instant, or with a contact point or consent added then. */
	changedSince?: Instant;
	/** Only ids above this one: the last of the page before. */
	after?: number;
	limit: number;
}

/** Which customer is meant: by the store's id or by the shop program's code. */
export type CustomerReference = { id: number } | { code: string };

/** Customers of the shop by ascending id, with their contact points, in two queries. Those merged into another are not listed. */
export async function listCustomers(store: Store, query: CustomerQuery): Promise<Customer[]> {
	// Not by an index of the shop: read by id, the list ends where the limit is reached.
	const ofShop = sql<boolean>`+shop_id = ${store.shop.id}`;
	let customers = store.db.selectFrom('customers').selectAll().where(ofShop).where('id', '>', query.after ?? 0).where('merged_into', 'is', null).where('erased_at', 'is', null);
	for (const word of fold(query.search ?? '').split(' ').filter(Boolean)) customers = customers.where('search_name', 'like', `%${word}%`);
	if (query.contact) {
		const contact = query.contact;
		customers = customers.where('id', 'in', (points) =>
			points.selectFrom('contact_points').select('customer_id').where('shop_id', '=', store.shop.id).where('kind', 'in', ['email', 'phone']).where('value', '=', contact),
		);
	}
	for (const condition of conditionsOf(store, query)) customers = customers.where(condition);
	return await withContactPoints(store, await customers.orderBy('id').limit(query.limit).execute());
}

/** The lines of each word of `reachableBy`: any line where none is named. */
const POINTS = { email: ['email', null], mobile: ['phone', 'mobile'], phone: ['phone', null], address: ['address', null] } as const;

function conditionsOf({ shop }: Store, { birthMonth, reachableBy = [], consent, household, changedSince }: CustomerQuery): Array<RawBuilder<boolean>> {
	const conditions = reachableBy.map((wanted) => {
		const [kind, line] = POINTS[wanted];
		return sql<boolean>`exists (select 1 from contact_points as point where point.customer_id = customers.id and point.kind = ${kind}
			and point.status = 'valid' and (${line} is null or point.line = ${line}))`;
	});
	if (birthMonth !== undefined) {
		const month = String(birthMonth).padStart(2, '0');
		conditions.push(sql<boolean>`birth_md between ${`${month}-01`} and ${`${month}-31`}`);
	}
	if (household !== undefined) conditions.push(sql<boolean>`household_id = ${household}`);
	if (changedSince !== undefined) {
		conditions.push(sql<boolean>`(updated_at >= ${changedSince}
			or exists (select 1 from contact_points as point where point.customer_id = customers.id and point.created_at >= ${changedSince})
			or exists (select 1 from consents as record where record.customer_id = customers.id and record.recorded_at >= ${changedSince}))`);
	}
	if (consent) {
		// A no to `any` channel or purpose speaks of this one too, a yes does not; of two of one moment the one written last counts.
		const { channel, purpose } = consent;
		conditions.push(sql<boolean>`(select case when withdrawn_at is null then status end from consents as record where record.customer_id = customers.id and +record.shop_id = ${shop.id}
			and record.channel in (${channel}, 'any') and (record.purpose = ${purpose} or (record.purpose = 'any' and ${purpose} <> 'service'))
				and (record.status <> 'granted' or (record.channel = ${channel} and record.purpose = ${purpose}))
			order by case when record.withdrawn_at > record.captured_at then record.withdrawn_at else record.captured_at end desc, record.sequence desc limit 1) = 'granted'`);
	}
	return conditions;
}

/** These customers of the shop, in the order asked for; `undefined` where there is none. For somebody who was merged, the one who was kept. */
export async function getCustomers(store: Store, references: readonly CustomerReference[]): Promise<Array<Customer | undefined>> {
	const ids = references.flatMap((reference) => ('id' in reference ? [reference.id] : []));
	const codes = references.flatMap((reference) => ('code' in reference ? [reference.code] : []));
	const { rows } = await sql<Row<'customers'> & { own_id: number; own_code: string | null }>`
		select kept.*, wanted.id as own_id, wanted.code as own_code from (
			select id, code, merged_into from customers where +shop_id = ${store.shop.id} and id in ${idSet(ids)}
			union
			select id, code, merged_into from customers where shop_id = ${store.shop.id} and code in ${textSet(codes)}
		) as wanted cross join customers as kept on kept.id = coalesce(wanted.merged_into, wanted.id) and kept.erased_at is null`.execute(store.db);
	const kept = new Map(rows.map((row) => [row.id, row]));
	const found = new Map((await withContactPoints(store, [...kept.values()])).map((customer) => [customer.id, customer]));
	const byId = new Map(rows.map((row) => [row.own_id, found.get(row.id)]));
	const byCode = new Map(rows.map((row) => [row.own_code, found.get(row.id)]));
	return references.map((wanted) => ('id' in wanted ? byId.get(wanted.id) : byCode.get(wanted.code)));
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
