import { sql } from 'kysely';
import type { LocalDate } from '../../domain/time';
import { shopInOrder } from '../dialect';
import type { Store } from '../open';
import { idSet } from '../sets';

export interface HouseholdMember {
	id: number;
	code?: string;
	firstName: string;
	lastName: string;
	birthDate?: LocalDate;
}

/** Customers who share a contact point, or an address and a last name. */
export interface Household {
	id: number;
	/** Last name of the member known longest. */
	name: string;
	members: HouseholdMember[];
}

/** Households of the shop by ascending id, with their members, in two queries. */
export async function listHouseholds({ db, shop }: Store, query: { after?: number; limit: number; customerId?: number }): Promise<Household[]> {
	const households = await sql<{ id: number; name: string }>`
		select id, name from households where ${shopInOrder()} = ${shop.id} and id > ${query.after ?? 0}
			and (${query.customerId ?? null} is null or id = (select household_id from customers where id = ${query.customerId ?? null}))
		order by id limit ${query.limit}`.execute(db);
	const members = await sql<{ household_id: number; id: number; code: string | null; first_name: string; last_name: string; birth_date: string | null }>`
		select household_id, id, code, first_name, last_name, birth_date from customers
		where household_id in ${idSet(households.rows.map(({ id }) => id))} and merged_into is null order by household_id, id`.execute(db);
	const byHousehold = Map.groupBy(members.rows, (row) => row.household_id);
	return households.rows.map(({ id, name }) => ({
		id,
		name,
		members: (byHousehold.get(id) ?? []).map((row) => ({
			id: row.id,
			code: row.code ?? undefined,
			firstName: row.first_name,
			lastName: row.last_name,
			birthDate: row.birth_date ?? undefined,
		})),
	}));
}
