import { sql } from 'kysely';
import { fold } from '../../domain/text';
import type { Database } from '../open';
import type { Row } from '../schema';
import { idSet } from '../sets';

/** What tells a customer from others, folded for comparison. */
export interface FormerValue {
	customerId: number;
	value: string;
	/** True where the value alone says nothing (a first name, a day, a short code): it is looked for in the customer's own rows only. */
	ownRowsOnly: boolean;
}

/** What the store knows these customers by, to be looked for after their erasure. */
export async function formerValues(db: Database, ids: readonly number[]): Promise<FormerValue[]> {
	const customers = await sql<Row<'customers'>>`select * from customers where id in ${idSet(ids)}`.execute(db);
	const points = await sql<Row<'contact_points'>>`select * from contact_points where customer_id in ${idSet(ids)}`.execute(db);
	const own = customers.rows.flatMap(({ id, first_name, last_name, birth_date, code }) => [
		...valuesOf(id, false, `${first_name} ${last_name}`, `${last_name} ${first_name}`),
		...valuesOf(id, true, first_name, last_name, birth_date, code),
	]);
	// A number is written with its prefix or without.
	const reached = points.rows.flatMap(({ customer_id, value, kind }) => valuesOf(customer_id, false, value, kind === 'phone' ? value.replace(/^\+39/, '') : null));
	return [...own, ...reached];
}

function valuesOf(customerId: number, ownRowsOnly: boolean, ...texts: Array<string | null>): FormerValue[] {
	return texts.map((text) => fold(text ?? '')).filter(Boolean).map((value) => ({ customerId, value, ownRowsOnly }));
}
