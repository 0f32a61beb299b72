import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { LocalDate } from '../domain/time';
import { greatestOf } from './dialect';
import type { Store } from './open';

/** A customer whose time is over. */
export interface Forgotten {
	id: number;
	/** Day of the last sale, exam, appointment, quote or message; of the entry where there never was one. */
	lastActivity: LocalDate;
}

/**
 * Customers without any sale, exam, appointment, quote or message since a day, and entered before it; those merged into another count with the other.
 * @param before the first day that is recent enough
 */
export async function forgottenCustomers({ db, shop }: Pick<Store, 'db' | 'shop'>, before: LocalDate): Promise<Forgotten[]> {
	const latest = (table: string, day: RawBuilder<string>) => sql<string>`coalesce((select max(${day}) from ${sql.table(table)} where customer_id = customers.id), '')`;
	const days = ['ordered_on', 'delivered_on', 'returned_on'].map((column) => sql<string>`coalesce(${sql.ref(column)}, '')`);
	const lastActivity = greatestOf(
		sql<string>`coalesce(entered_on, substr(created_at, 1, 10))`,
		latest('equipment', greatestOf(...days)),
		latest('exams', sql`taken_on`),
		latest('appointments', sql`substr(starts_at, 1, 10)`),
		latest('quotes', sql`made_on`),
		latest('messages', sql`substr(created_at, 1, 10)`),
	);
	const { rows } = await sql<{ id: number; last_activity: string }>`
		select id, last_activity from (
			select id, ${lastActivity} as last_activity from customers where shop_id = ${shop.id} and erased_at is null and merged_into is null
		) as seen where last_activity < ${before} order by id`.execute(db);
	return rows.map(({ id, last_activity: lastActivity }) => ({ id, lastActivity }));
}

/** A short code that stands for exactly this list: who acts on a preview acts on what was seen, or not at all. */
export function previewCode(forgotten: readonly Forgotten[]): string {
	return createHash('sha256').update(JSON.stringify(forgotten.map(({ id, lastActivity }) => [id, lastActivity]))).digest('hex').slice(0, 12);
}
