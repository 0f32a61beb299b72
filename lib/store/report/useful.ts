import { sql, type RawBuilder } from 'kysely';
import type { LensType } from '../../domain/records';

/** For how many months a sale's lenses are of use: as it says itself, else those of its kind. */
export function usefulMonthsOf(sale: string, { 'single-vision': usual, ...others }: Record<LensType, number>): RawBuilder<number> {
	const ofType = Object.entries(others).map(([type, count]) => sql`when ${sql.lit(type)} then ${sql.lit(count)}`);
	return sql<number>`coalesce(${sql.ref(`${sale}.useful_months`)}, case ${sql.ref(`${sale}.lens_type`)} ${sql.join(ofType, sql` `)} else ${sql.lit(usual)} end)`;
}
