import type { DialectWords } from '../dialect';

/** What became of telephone calls, one row for each try, and who is on which call at this moment. */
export function calls({ id, tableOptions }: DialectWords): string[] {
	return [
		`create table call_tries (
			id ${id},
			shop_id integer not null references shops (id),
			message_id integer not null references messages (id) on delete cascade,
			at text not null,
			who text not null,
			outcome text not null,
			again_at text,
			answers text,
			note text
		) ${tableOptions}`,
		'create index call_tries_message on call_tries (message_id, at)',
		'create index call_tries_at on call_tries (shop_id, at)',
		`create table call_leases (
			message_id integer primary key references messages (id) on delete cascade,
			shop_id integer not null references shops (id),
			who text not null,
			until text not null
		) ${tableOptions}`,
	];
}
