import { sql } from 'kysely';
import type { Group } from '../../domain/rollout';
import type { Instant, LocalDate } from '../../domain/time';
import type { Store } from '../open';
import { rowSet } from '../sets';

/** The group in which an occasion falls. */
export interface Assignment {
	occasionId: number;
	group: Group;
}

/**
 * Notes the groups of occasions; one that has been noted stays as it was first, also where the share is another by now or the customer was merged
 * with another since. The caller holds the transaction.
 * @returns the group of each occasion, by its id
 */
export async function assignGroups({ db, shop }: Pick<Store, 'db' | 'shop'>, assignments: readonly Assignment[], today: LocalDate, now: Instant): Promise<Map<number, Group>> {
	if (assignments.length === 0) return new Map();
	const rows = [...new Map(assignments.map(({ occasionId, group }) => [occasionId, group]))].map(([id, grp]) => ({ id, grp }));
	// An update that changes nothing, so that the group of old is told too.
	const { rows: noted } = await sql<{ occasion_id: number; grp: Group }>`
		insert into campaign_assignments (occasion_id, shop_id, customer_id, campaign, grp, assigned_on, assigned_at)
		select occasion.id, ${shop.id}, occasion.customer_id, occasion.kind, given.grp, ${today}, ${now}
		from ${rowSet(rows, { id: 'integer', grp: 'text' })} as given cross join occasions as occasion on occasion.id = given.id and +occasion.shop_id = ${shop.id}
		where true on conflict (occasion_id) do update set grp = campaign_assignments.grp returning occasion_id, grp`.execute(db);
	return new Map(noted.map(({ occasion_id, grp }) => [occasion_id, grp]));
}
