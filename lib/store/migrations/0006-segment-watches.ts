import type { DialectWords } from '../dialect';

/** Watched segments, and who was in them when they were looked at last. */
export function segmentWatches({ tableOptions }: DialectWords): string[] {
	return [
		`create table segment_watches (
			shop_id integer not null references shops (id),
			name text not null,
			definition text not null,
			began_at text not null,
			primary key (shop_id, name)
		) ${tableOptions}`,

		`create table segment_members (
			shop_id integer not null references shops (id),
			name text not null,
			customer_id integer not null references customers (id) on delete cascade,
			primary key (shop_id, name, customer_id)
		) ${tableOptions}`,
		'create index segment_members_customer on segment_members (customer_id)',
	];
}
