import type { DialectWords } from '../dialect';

/** What the lead wants of a segment. Who was in it on the day it was set is kept in `segment_members`, under `goal:<id>`. */
export function segmentGoals({ id, tableOptions }: DialectWords): string[] {
	return [
		`create table segment_goals (
			id ${id},
			shop_id integer not null references shops (id),
			segment text not null,
			goal text not null,
			months integer,
			target integer not null,
			due_on text not null,
			set_by text not null,
			set_on text not null,
			set_at text not null,
			ended_at text
		) ${tableOptions}`,
		// Two browsers that set one at the same moment set one.
		'create unique index segment_goals_open on segment_goals (shop_id, segment) where ended_at is null',
	];
}
