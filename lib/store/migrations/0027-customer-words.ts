import type { DialectWords } from '../dialect';

/** The words of the customers' names, each by its beginning in an index: a search in a large shop reads what it finds and no more. */
export function customerWords({ tableOptions, words }: DialectWords): string[] {
	return [
		// Without a reference: for each customer that is written, the database would look for words to be changed too.
		`create table customer_words (
			shop_id integer not null references shops (id),
			word text not null,
			customer_id integer not null,
			primary key (shop_id, word, customer_id)
		) ${tableOptions}`,
		`insert into customer_words (shop_id, word, customer_id)
			select distinct customers.shop_id, part.value, customers.id from customers, ${words('customers.search_name')} where part.value <> ''`,
	];
}
