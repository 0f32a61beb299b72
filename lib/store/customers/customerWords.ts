import { sql } from 'kysely';
import { wordRows } from '../dialect';
import type { Database, Store } from '../open';
import { idSet, rowSet } from '../sets';

/** A customer whose name is new. */
export interface Renamed {
	id: number;
	/** The folded name as it was, empty for a new customer, and as it is. */
	was: string;
	is: string;
}

const WORD = { word: 'text', customer_id: 'integer' } as const;

/** Keeps the words by which customers are searched in step with their names; in the caller's transaction, in two statements. */
export async function saveWords({ db, shop }: Pick<Store, 'db' | 'shop'>, renamed: readonly Renamed[]): Promise<void> {
	const changes = renamed.filter(({ was, is }) => was !== is);
	const gone = changes.flatMap(({ id, was, is }) => newWords(is, was).map((word) => ({ word, customer_id: id })));
	const come = changes.flatMap(({ id, was, is }) => newWords(was, is).map((word) => ({ word, customer_id: id })));
	if (gone.length > 0) {
		await sql`delete from customer_words where shop_id = ${shop.id} and (word, customer_id) in (select word, customer_id from ${rowSet(gone, WORD)} as old)`.execute(db);
	}
	if (come.length === 0) return;
	await sql`insert into customer_words (shop_id, word, customer_id) select ${shop.id}, word, customer_id from ${rowSet(come, WORD)} as fresh`.execute(db);
}

/** Takes the words of these customers away, by the names that they still have. */
export async function removeWords(db: Database, customerIds: readonly number[]): Promise<void> {
	await sql`
		delete from customer_words where (shop_id, word, customer_id) in (
			select customers.shop_id, part.value, customers.id from customers, ${wordRows('customers.search_name')}
			where customers.id in ${idSet(customerIds)})`.execute(db);
}

/** The words of a folded text that another has not, each once. */
function newWords(was: string, is: string): string[] {
	const known = new Set(['', ...was.split(' ')]);
	return [...new Set(is.split(' '))].filter((word) => !known.has(word));
}
