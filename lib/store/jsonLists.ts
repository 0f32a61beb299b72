import { sql, type RawBuilder } from 'kysely';
import { bothWays } from './dialect';

/** Values of one row as a JSON array; each is a column or an expression. */
export function jsonRow(...values: string[]): RawBuilder<unknown> {
	const list = sql.raw(values.join(', '));
	return bothWays(sql`json_array(${list})`, sql`json_build_array(${list})`);
}

/**
 * One value of each row of a group as a JSON array, which comes out as text: what belongs to a row then comes with it, in one query and
 * faster than as rows of its own. Of no row it is `[]`.
 * @param order for example sql`order by id`
 */
export function jsonList(value: RawBuilder<unknown>, order: RawBuilder<unknown> = sql``): RawBuilder<string> {
	return bothWays(sql`json_group_array(${value} ${order})`, sql`coalesce(json_agg(${value} ${order}), '[]')::text`);
}
