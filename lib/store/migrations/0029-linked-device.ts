import type { DialectWords } from '../dialect';

/** The shop's own phone as a linked device: its session, who holds it, and what was left for it to send. */
export function linkedDevice({ tableOptions }: DialectWords): string[] {
	return [
		`create table linked_devices (
			shop_id integer primary key references shops (id),
			state text not null,
			connected integer not null default 0,
			number text,
			linked_at text,
			stopped_code text,
			stopped_at text,
			qr text,
			code text,
			shown_until text,
			wish text,
			holder text,
			held_until text,
			updated_at text not null
		) ${tableOptions}`,
		// Names are hashed and values encrypted: neither tells who was written to.
		`create table linked_device_keys (
			shop_id integer not null references shops (id),
			kind text not null,
			name text not null,
			value text not null,
			primary key (shop_id, kind, name)
		) ${tableOptions}`,
		// The hash under which a message was left for the phone: another text has to be left anew.
		'alter table messages add column left_hash text',
	];
}
