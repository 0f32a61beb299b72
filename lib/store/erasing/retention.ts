import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Instant, LocalDate } from '../../domain/time';
import { greatestOf } from '../dialect';
import type { Store } from '../open';
import { idSet } from '../sets';

type Shop = Pick<Store, 'db' | 'shop'>;

/** The first day that is recent enough, for each kind of data. */
export interface RetentionDays {
	/** For who never bought. */
	prospects: LocalDate;
	/** For who bought. */
	customers: LocalDate;
	/** For description and amount of a sale. */
	purchases: LocalDate;
}

/** A customer whose time is over. */
export interface Forgotten {
	id: number;
	/** Day of the last sale, exam, appointment, quote or message; of the entry where there never was one. */
	lastActivity: LocalDate;
	/** Whether anything was ever bought: another period counts then. */
	bought: boolean;
}

/** Customers without any sale, exam, appointment, quote or message since their day, and entered before it; those merged into another count with the other. */
export async function forgottenCustomers({ db, shop }: Shop, before: Pick<RetentionDays, 'prospects' | 'customers'>): Promise<Forgotten[]> {
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
	const bought = sql`case when exists (select 1 from equipment where customer_id = customers.id) then 1 else 0 end`;
	const { rows } = await sql<{ id: number; last_activity: string; bought: number }>`
		select id, last_activity, bought from (
			select id, ${lastActivity} as last_activity, ${bought} as bought from customers where shop_id = ${shop.id} and erased_at is null and merged_into is null
		) as seen where last_activity < case when bought = 1 then ${before.customers} else ${before.prospects} end order by id`.execute(db);
	return rows.map((row) => ({ id: row.id, lastActivity: row.last_activity, bought: row.bought === 1 }));
}

/** Sales of before a day whose description or amount is still there, by their ids. */
export async function oldPurchases({ db, shop }: Shop, before: LocalDate): Promise<number[]> {
	const { rows } = await sql<{ id: number }>`
		select id from equipment where shop_id = ${shop.id} and (description is not null or amount_cents is not null)
			and coalesce(ordered_on, delivered_on, substr(created_at, 1, 10)) < ${before} order by id`.execute(db);
	return rows.map(({ id }) => id);
}

/** Erases description and amount of these sales; kind, lens type and days stay, for the checks that follow a pair of spectacles. */
export async function erasePurchaseDetails({ db, shop }: Shop, ids: readonly number[], now: Instant): Promise<void> {
	await sql`update equipment set description = null, amount_cents = null, updated_at = ${now} where id in ${idSet(ids)} and shop_id = ${shop.id}`.execute(db);
}

/** A short code that stands for exactly these lists: who acts on a preview acts on what was seen, or not at all. */
export function previewCode(forgotten: readonly Forgotten[], purchases: readonly number[]): string {
	const seen = [forgotten.map(({ id, lastActivity }) => [id, lastActivity]), purchases];
	return createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 12);
}
