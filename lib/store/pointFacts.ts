import { sql, type RawBuilder } from 'kysely';
import type { Shop } from '../domain/shop';
import { MAJORITY } from '../domain/time';

/* What rules read of a contact point beside its own columns, for queries that call the table `point`. Written as text, for `jsonRow`. */

const SUPPRESSIONS = 'from suppressions where suppressions.shop_id = point.shop_id and suppressions.address_hash = point.address_hash';

/** The purposes that the address is suppressed for, with commas between. Most are not: to ask whether before asking what for takes a third of the time. */
export const SUPPRESSED_FOR = `case when exists (select 1 ${SUPPRESSIONS}) then (select string_agg(purpose, ',') ${SUPPRESSIONS}) end`;

/** The status of the address, and after it the channels on which it does not work, with commas between. */
export const POINT_STATUS = `point.status || coalesce(' ' || point.unreachable, '')`;

/** The newest answer of the opposition register, with spaces between; of two of one moment the stricter. */
export const RPO_CHECK = `case when point.kind <> 'email' then (select checked_at || ' ' || result || ' ' || coalesce(enrolled_on, '') from rpo_checks
	where rpo_checks.shop_id = point.shop_id and rpo_checks.address_hash = point.address_hash order by checked_at desc, result limit 1) end`;

/** The birth date of the oldest of the others with the same address, `unknown` or `nobody`; null where the shop writes to no minors, and nobody asks. */
export function oldestSharer({ policy }: Pick<Shop, 'policy'>): string {
	if (policy.adultAge >= MAJORITY) return 'null';
	return `(select case min(coalesce(person.birth_date, '')) when '' then 'unknown' else coalesce(min(person.birth_date), 'nobody') end
		from contact_points as other join customers as person on person.id = other.customer_id
		where other.shop_id = point.shop_id and other.kind = point.kind and other.value = point.value and other.customer_id <> point.customer_id and person.merged_into is null)`;
}

/** The day on which the newest contract of a customer ended, or runs: an aggregate over `equipment`. */
export const CONTRACT_UNTIL: RawBuilder<string | null> = sql`max(case when returned_on is null then coalesce(delivered_on, ordered_on) end)`;
