import type { DialectWords } from '../dialect';

/** Letters that were put into a batch to be printed: each message in one batch at most. */
export function letters({ id, tableOptions }: DialectWords): string[] {
	return [
		`create table letter_batches (
			id ${id},
			shop_id integer not null references shops (id),
			day text not null,
			made_by text not null,
			made_at text not null,
			pages integer not null,
			page_mills integer not null,
			postage_mills integer not null,
			staff_seconds integer not null,
			printed_at text,
			printed_by text,
			posted_at text,
			posted_by text
		) ${tableOptions}`,
		'create index letter_batches_day on letter_batches (shop_id, day)',
		`create table letters (
			message_id integer primary key references messages (id) on delete cascade,
			batch_id integer not null references letter_batches (id),
			position integer not null,
			pages integer not null
		) ${tableOptions}`,
		'create unique index letters_batch on letters (batch_id, position)',
	];
}
