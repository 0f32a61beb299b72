import type { DialectWords } from '../dialect';

/** What all processes that send must know of a sender, what people should be told, and the settings of rehearsals and prices. */
export function sending({ id, tableOptions }: DialectWords): string[] {
	return [
		`create table senders (
			shop_id integer not null references shops (id),
			name text not null,
			channel text not null,
			next_at text,
			day text,
			day_count integer not null default 0,
			failures integer not null default 0,
			openings integer not null default 0,
			open_until text,
			code text,
			trying integer not null default 0,
			updated_at text not null,
			primary key (shop_id, name)
		) ${tableOptions}`,
		`create table alerts (
			id ${id},
			shop_id integer not null references shops (id),
			kind text not null,
			subject text not null,
			code text not null,
			since text not null,
			until text,
			seen_by text,
			seen_at text
		) ${tableOptions}`,
		// One that is open is told once.
		'create unique index alerts_open on alerts (shop_id, kind, subject) where until is null',
		'alter table shops add column rehearsal text',
		'alter table shops add column prices text',
		// Channels on which this number does not work, though it does on others.
		'alter table contact_points add column unreachable text',
	];
}
