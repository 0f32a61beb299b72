import { sql, type RawBuilder } from 'kysely';
import type { Customer } from '../../domain/customer';
import { fold } from '../../domain/text';
import type { LocalDate } from '../../domain/time';
import type { Store } from '../open';
import { getCustomers } from './customers';

/** What somebody is looked for by: any of it is enough. */
export interface CustomerSearch {
	/** As typed: the beginnings of all of its words are looked for in the name, and all of it among the shop program's codes. */
	text: string;
	/** E-mail or phone in normal form. */
	contact?: string;
	birthDate?: LocalDate;
}

/** Letters below which a name means nearly everybody. */
export const SHORTEST_NAME = 2;
/** More than so many nobody pages through; they are not counted further. */
export const MOST_FOUND = 10_000;

/** Whether the search says enough to find somebody by. */
export function saysEnough({ text, contact, birthDate }: CustomerSearch): boolean {
	return contact !== undefined || birthDate !== undefined || fold(text).replaceAll(' ', '').length >= SHORTEST_NAME;
}

/**
 * A page of the customers who are meant, by name, and how many there are up to `MOST_FOUND`; in two statements. Somebody is also found by the
 * name, address or code of who was merged into them, and then once.
 */
export async function findCustomers(store: Store, search: CustomerSearch, { limit, offset }: { limit: number; offset: number }): Promise<{ total: number; customers: Customer[] }> {
	if (!saysEnough(search)) return { total: 0, customers: [] };
	const { rows } = await sql<{ total: number; id: number | null }>`
		with hit as materialized (${sql.join(waysTo(store, search), sql` union `)}),
		found as materialized (select distinct coalesce(customers.merged_into, customers.id) as id from hit cross join customers on customers.id = hit.customer_id
			where customers.erased_at is null limit ${sql.lit(MOST_FOUND)}),
		page as (select found.id, customers.search_name from found cross join customers on customers.id = found.id order by customers.search_name, found.id limit ${limit} offset ${offset})
		select counted.total, page.id from (select count(*) as total from found) as counted left join page on true order by page.search_name, page.id`.execute(store.db);
	const ids = rows.flatMap(({ id }) => (id === null ? [] : [{ id }]));
	const customers = await getCustomers(store, ids);
	return { total: Number(rows[0].total), customers: customers.filter((customer) => customer !== undefined) };
}

/** A query for each way of meaning somebody, all of ids of their own, read from an index by what was typed. */
function waysTo({ shop }: Store, { text, contact, birthDate }: CustomerSearch): Array<RawBuilder<unknown>> {
	const ways = [sql`select id as customer_id from customers where shop_id = ${shop.id} and code = ${text.trim()}`];
	const words = fold(text).split(' ').filter(Boolean);
	if (words.length > 0) ways.push(sql`select customer_id from (${sql.join(words.map((word) => beginningWith(shop.id, word)), sql` intersect `)}) as named`);
	if (contact !== undefined) ways.push(sql`select customer_id from contact_points where shop_id = ${shop.id} and kind in ('email', 'phone') and value = ${contact}`);
	if (birthDate !== undefined) ways.push(sql`select id from customers where shop_id = ${shop.id} and birth_md = ${birthDate.slice(5)} and birth_date = ${birthDate}`);
	return ways;
}

/** Texts are ordered by their bytes, and after this letter comes none. */
const LAST_LETTER = '\u{10FFFF}';

function beginningWith(shopId: number, word: string): RawBuilder<unknown> {
	return sql`select customer_id from customer_words where shop_id = ${shopId} and word between ${word} and ${`${word}${LAST_LETTER}`}`;
}
