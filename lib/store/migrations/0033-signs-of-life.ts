import type { DialectWords } from '../dialect';

/** When each part of the system did its work last, and how often: a row for each, and none about a customer. */
export function signsOfLife({ tableOptions }: DialectWords): string[] {
	return [
		`create table signs_of_life (
			shop_id integer not null references shops (id),
			what text not null,
			name text not null,
			last_at text not null,
			times integer not null,
			things integer not null,
			code text,
			every_minutes integer,
			primary key (shop_id, what, name)
		) ${tableOptions}`,
	];
}
