import { sql, type RawBuilder } from 'kysely';
import type { ContactPoint, Customer } from '../../domain/customer';
import type { ContactPointKind, Formality, Language } from '../../domain/glossary';
import { fold } from '../../domain/text';
import type { Instant } from '../../domain/time';
import { isPostgres, shopInOrder } from '../dialect';
import { jsonList, jsonRow } from '../jsonLists';
import type { Store } from '../open';
import type { Row } from '../schema';
import { idSet, textSet } from '../sets';

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

/** Ids in which somebody of a name is looked for one by one. */
const NEARBY = 10_000;

/**
 * Customers of the shop by ascending id, with their contact points, in one query. Those merged into another are not listed. A name is
 * looked for nearby first: a frequent one fills the list there, a rare one is found faster by going through the index of all names. PostgreSQL
 * knows by its statistics how frequent a name is, and its ids are those of many shops.
 */
export async function listCustomers({ db, shop }: Store, query: CustomerQuery): Promise<Customer[]> {
	const { after = 0, limit } = query;
	const read = async (from: number, most: number, others: readonly RawBuilder<unknown>[]) => {
		const conditions = [sql`${shopInOrder()} = ${shop.id} and id > ${from} and merged_into is null and erased_at is null`, ...others, ...conditionsOf(shop.id, query)];
		const { rows } = await sql<CustomerRow>`select ${COLUMNS} from customers where ${sql.join(conditions, sql` and `)} order by id limit ${most}`.execute(db);
		return rows.map(toCustomer);
	};
	const words = fold(query.search ?? '').split(' ').filter(Boolean).map((word) => sql`search_name like ${`%${word}%`}`);
	if (words.length === 0) return await read(after, limit, []);
	const named = sql.join(words, sql` and `);
	if (isPostgres(db)) return await read(after, limit, [named]);
	const nearby = await read(after, limit, [sql`id <= ${after + NEARBY}`, named]);
	if (nearby.length === limit) return nearby;
	return [...nearby, ...(await read(after + NEARBY, limit - nearby.length, [sql`id in (select id from customers where shop_id = ${shop.id} and ${named})`]))];
}

/** The lines of each word of `reachableBy`: any line where none is named. */
const POINTS = { email: ['email', null], mobile: ['phone', 'mobile'], phone: ['phone', null], address: ['address', null] } as const;

/** The conditions of the filters but the name. None by an index of the shop: read by id, a list ends where its limit is reached. */
function conditionsOf(shopId: number, { contact, birthMonth, reachableBy = [], consent, household, changedSince }: CustomerQuery): Array<RawBuilder<unknown>> {
	const conditions: Array<RawBuilder<unknown>> = [];
	if (contact) conditions.push(sql`id in (select customer_id from contact_points where shop_id = ${shopId} and kind in ('email', 'phone') and value = ${contact})`);
	for (const wanted of reachableBy) {
		const [kind, line] = POINTS[wanted];
		conditions.push(sql`exists (select 1 from contact_points as point where point.customer_id = customers.id and point.kind = ${kind}
			and point.status = 'valid' ${line === null ? sql`` : sql`and point.line = ${line}`})`);
	}
	if (birthMonth !== undefined) {
		const month = String(birthMonth).padStart(2, '0');
		conditions.push(sql`birth_md between ${`${month}-01`} and ${`${month}-31`}`);
	}
	if (household !== undefined) conditions.push(sql`household_id = ${household}`);
	if (changedSince !== undefined) {
		conditions.push(sql`(updated_at >= ${changedSince}
			or exists (select 1 from contact_points as point where point.customer_id = customers.id and point.created_at >= ${changedSince})
			or exists (select 1 from consents as record where record.customer_id = customers.id and record.recorded_at >= ${changedSince}))`);
	}
	if (consent) {
		// A no to `any` channel or purpose speaks of this one too, a yes does not; of two of one moment the one written last counts.
		const { channel, purpose } = consent;
		conditions.push(sql`(select case when withdrawn_at is null then status end from consents as record where record.customer_id = customers.id and +record.shop_id = ${shopId}
			and record.channel in (${channel}, 'any') and (record.purpose = ${purpose} ${purpose === 'service' ? sql`` : sql`or record.purpose = 'any'`})
				and (record.status <> 'granted' or (record.channel = ${channel} and record.purpose = ${purpose}))
			order by case when record.withdrawn_at > record.captured_at then record.withdrawn_at else record.captured_at end desc, record.sequence desc limit 1) = 'granted'`);
	}
	return conditions;
}

/** These customers of the shop, in the order asked for; `undefined` where there is none. For somebody who was merged, the one who was kept. */
export async function getCustomers(store: Store, references: readonly CustomerReference[]): Promise<Array<Customer | undefined>> {
	const ids = references.flatMap((reference) => ('id' in reference ? [reference.id] : []));
	const codes = references.flatMap((reference) => ('code' in reference ? [reference.code] : []));
	const { rows } = await sql<CustomerRow & { own_id: number; own_code: string | null }>`
		select ${COLUMNS}, wanted.own_id, wanted.own_code from (
			select id as own_id, code as own_code, coalesce(merged_into, id) as kept_id from customers where +shop_id = ${store.shop.id} and id in ${idSet(ids)}
			union
			select id, code, coalesce(merged_into, id) from customers where shop_id = ${store.shop.id} and code in ${textSet(codes)}
		) as wanted cross join customers on customers.id = wanted.kept_id and customers.erased_at is null`.execute(store.db);
	const found = new Map(rows.map((row) => [row.id, toCustomer(row)]));
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

type CustomerRow = Pick<Row<'customers'>, 'id' | 'code' | 'first_name' | 'last_name' | 'title' | 'sex' | 'birth_date' | 'language' | 'formality' | 'time_zone' | 'deceased'> & {
	/** A list of `PointRow` as JSON, in any order: to sort a few here takes less than in the database. */
	contact_points: string;
};
type PointRow = [id: number, kind: ContactPointKind, value: string, line: ContactPoint['line'] | null, status: ContactPoint['status'], preferred: number];

/** What a customer is made of; to be selected from `customers`. The contact points come along as one text: a row for each would be slower to read. */
const COLUMNS = sql`customers.id, customers.code, first_name, last_name, title, sex, birth_date, language, formality, time_zone, deceased,
	(select ${jsonList(jsonRow('id', 'kind', 'value', 'line', 'status', 'preferred'))} from contact_points where customer_id = customers.id) as contact_points`;

function toCustomer(row: CustomerRow): Customer {
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
		timeZone: row.time_zone ?? undefined,
		deceased: row.deceased === 1,
		contactPoints: (JSON.parse(row.contact_points) as PointRow[]).sort(([one], [other]) => one - other).map(toContactPoint),
	};
}

function toContactPoint([id, kind, value, line, status, preferred]: PointRow): ContactPoint {
	return { id, kind, value, line: line ?? undefined, status, preferred: preferred === 1 };
}
