import { sql } from 'kysely';
import type { ConsentPurpose } from '../../domain/consent';
import type { Channel } from '../../domain/glossary';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import { RPO_CHECK } from '../pointFacts';
import type { HouseholdMember } from './households';

/** What stands against the use of an address. */
export interface PointStanding {
	/** Channels on which it does not work. */
	unreachable: Channel[];
	/** Why it is not to be used, whatever the customer says elsewhere. */
	suppressions: Array<{ purpose: ConsentPurpose; reason: string; since: Instant }>;
	/** The newest look into the opposition register. */
	rpo?: { listed: boolean; checkedAt: Instant };
}

/** What a page about a customer shows beside the customer. */
export interface CustomerDetail {
	preferredChannel?: Channel;
	/** The others of the household, the one known longest first. */
	household: HouseholdMember[];
	/** By id of the contact point. */
	points: Map<number, PointStanding>;
}

/** What the shop knows of a customer and her addresses beside what `getCustomers` reads; in two queries. The customer is one who was merged into nobody. */
export async function customerDetail({ db, shop }: Store, customerId: number): Promise<CustomerDetail> {
	const people = await sql<{ preferred_channel: string | null; id: number | null; first_name: string; last_name: string; birth_date: string | null }>`
		select own.preferred_channel, other.id, other.first_name, other.last_name, other.birth_date from customers as own
			left join customers as other on other.household_id = own.household_id and other.id <> own.id and other.merged_into is null
		where own.id = ${customerId} and +own.shop_id = ${shop.id} order by other.id`.execute(db);
	const points = await sql<{ id: number; unreachable: string | null; rpo: string | null; purpose: string | null; reason: string | null; created_at: string | null }>`
		select point.id, point.unreachable, ${sql.raw(RPO_CHECK)} as rpo, suppression.purpose, suppression.reason, suppression.created_at from contact_points as point
			left join suppressions as suppression on suppression.shop_id = point.shop_id and suppression.address_hash = point.address_hash
		where point.customer_id = ${customerId} and +point.shop_id = ${shop.id} order by point.id, suppression.created_at, suppression.id`.execute(db);
	const standings = new Map<number, PointStanding>();
	for (const { id, unreachable, rpo, purpose, reason, created_at } of points.rows) {
		const [checkedAt, result] = rpo?.split(' ') ?? [];
		const standing = standings.get(id) ?? { unreachable: (unreachable?.split(',') ?? []) as Channel[], suppressions: [], ...(checkedAt && { rpo: { listed: result === 'listed', checkedAt } }) };
		if (purpose !== null) standing.suppressions.push({ purpose: purpose as ConsentPurpose, reason: reason ?? '', since: created_at ?? '' });
		standings.set(id, standing);
	}
	const preferredChannel = people.rows[0]?.preferred_channel ?? undefined;
	return {
		...(preferredChannel !== undefined && { preferredChannel: preferredChannel as Channel }),
		household: people.rows.flatMap(({ id, first_name, last_name, birth_date }) => (id === null ? [] : [{ id, firstName: first_name, lastName: last_name, ...(birth_date !== null && { birthDate: birth_date }) }])),
		points: standings,
	};
}
