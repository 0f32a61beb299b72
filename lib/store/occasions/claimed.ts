import { sql } from 'kysely';
import type { Formality, Language } from '../../domain/glossary';
import type { ItemCustomer } from '../../domain/item';
import type { Shop } from '../../domain/shop';
import type { LocalDate } from '../../domain/time';
import type { Database } from '../open';
import { idSet } from '../sets';

/** An occasion together with the customer whom it is about. */
export interface ClaimedOccasion {
	/** Absent in a preview. */
	occasionId?: number;
	kind: string;
	dueOn: LocalDate;
	stage: number;
	expiresOn?: LocalDate;
	/** The day of the fact that it comes from. */
	since?: LocalDate;
	/** Why this one: `interval` or `by-hand` (vision), `rhythm` or `fixed` (dormant), `first-time` or `answered-wrong` (progressive). */
	cause?: string;
	customer: ItemCustomer & { birthDate?: LocalDate };
}

export interface CustomerOccasionRow {
	occasion_id?: number;
	kind: string;
	due_on: string;
	stage: number;
	expires_on: string | null;
	since: string | null;
	cause: string | null;
	customer_id: number;
	code: string | null;
	first_name: string;
	last_name: string;
	title: string | null;
	sex: string | null;
	birth_date: string | null;
	language: string | null;
	formality: string | null;
}

export const CUSTOMER_COLUMNS = sql`customer.id as customer_id, customer.code, customer.first_name, customer.last_name, customer.title,
	customer.sex, customer.birth_date, customer.language, customer.formality`;

/** Reads occasions with their customers; whose window ends first comes first. */
export async function readClaimed(transaction: Database, shop: Shop, ids: readonly number[]): Promise<ClaimedOccasion[]> {
	if (ids.length === 0) return [];
	const { rows } = await sql<CustomerOccasionRow>`
		select occasion.id as occasion_id, occasion.kind, occasion.due_on, occasion.stage, occasion.expires_on, occasion.since, occasion.cause, ${CUSTOMER_COLUMNS}
		from occasions as occasion join customers as customer on customer.id = occasion.customer_id
		where occasion.id in ${idSet(ids)} and +occasion.shop_id = ${shop.id}
		order by occasion.due_on, occasion.id`.execute(transaction);
	return rows.map((row) => toClaimed(row, shop));
}

/** A row as what a trigger emits. */
export function toClaimed(row: CustomerOccasionRow, shop: Shop): ClaimedOccasion {
	return {
		occasionId: row.occasion_id,
		kind: row.kind,
		dueOn: row.due_on,
		stage: row.stage,
		expiresOn: row.expires_on ?? undefined,
		since: row.since ?? undefined,
		cause: row.cause ?? undefined,
		customer: {
			id: row.customer_id,
			code: row.code ?? undefined,
			firstName: row.first_name,
			lastName: row.last_name,
			title: row.title ?? undefined,
			sex: (row.sex ?? undefined) as ItemCustomer['sex'],
			birthDate: row.birth_date ?? undefined,
			language: (row.language ?? shop.language) as Language,
			formality: (row.formality ?? shop.formality) as Formality,
		},
	};
}
