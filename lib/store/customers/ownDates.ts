import { sql } from 'kysely';
import { CrmError } from '../../domain/errors';
import { isLocalDate, type Instant, type LocalDate } from '../../domain/time';
import type { Store } from '../open';
import { idSet, rowSet } from '../sets';

/** A date of the consultant's own, one for each customer and name: the end of a guarantee, of a subscription. Null takes it away. */
export interface OwnDate {
	customerId: number;
	/** Lower-case letters, digits and hyphens; part of the occasion kind `date.<name>`. */
	name: string;
	day: LocalDate | null;
}

/** What a name may look like. */
export const OWN_DATE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Saves dates in place of those that are there, in two statements; of one that is named twice, the last counts. Those of customers that the shop
 * does not have are left out. Returns how many were saved.
 * @throws CrmError when a name or a day cannot be used
 */
export async function saveOwnDates({ db, shop }: Pick<Store, 'db' | 'shop'>, dates: readonly OwnDate[], now: Instant): Promise<number> {
	for (const { name, day } of dates) {
		if (!OWN_DATE_NAME.test(name)) throw new CrmError('The name of a date cannot be used', 'Use lower-case letters, digits and hyphens, for example guarantee-end.');
		if (day !== null && !isLocalDate(day)) throw new CrmError(`The date "${name}" is no calendar day`, 'Write it as YYYY-MM-DD, for example 2026-11-22.');
	}
	const last = [...new Map(dates.map((date) => [`${date.customerId} ${date.name}`, date])).values()];
	return await db.transaction().execute(async (transaction) => {
		const wanted = rowSet(last.map(({ customerId, name, day }) => ({ customer_id: customerId, name, day })), { customer_id: 'integer', name: 'text', day: 'text' });
		await sql`delete from own_dates where shop_id = ${shop.id} and customer_id in ${idSet(last.map(({ customerId }) => customerId))}
			and exists (select 1 from ${wanted} as wanted where wanted.customer_id = own_dates.customer_id and wanted.name = own_dates.name)`.execute(transaction);
		const { rows } = await sql<{ id: number }>`
			insert into own_dates (shop_id, customer_id, name, day, created_at)
			select ${shop.id}, customers.id, wanted.name, wanted.day, ${now} from ${wanted} as wanted
			cross join customers on customers.id = wanted.customer_id and +customers.shop_id = ${shop.id} and customers.erased_at is null and customers.merged_into is null
			where wanted.day is not null returning id`.execute(transaction);
		return rows.length;
	});
}
