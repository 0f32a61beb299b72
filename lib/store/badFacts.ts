import { sql } from 'kysely';
import { OLDEST_AGE } from '../domain/customer';
import type { LocalDate } from '../domain/time';
import type { Store } from './open';
import { APPOINTMENTS } from './records/appointments';
import { EQUIPMENT } from './records/equipment';
import { EXAMS } from './records/exams';
import { QUOTES } from './records/quotes';
import type { RecordReason } from './records/reasons';
import { fromColumns, tableOf, type RecordKind, type RecordProblem } from './records/recordKind';

/** Something in the store that cannot be right, by whatever way it came in. Nobody is contacted because of it. */
export interface BadFact {
	customerId: number;
	/** What it stands in. */
	in: 'customer' | 'exam' | 'equipment' | 'appointment' | 'quote';
	/** Id of the record; absent for the customer herself. */
	recordId?: number;
	/** The shop program's own code of the record or the customer. */
	code?: string;
	field: string;
	reason: 'BIRTH_DATE_IN_FUTURE' | 'BIRTH_DATE_TOO_OLD' | RecordReason;
}

interface Found {
	total: number;
	rows: BadFact[];
}

/** Bad facts of the shop's living customers: how many there are, and the first of them. One query for each table. */
export async function badFacts(store: Pick<Store, 'db' | 'shop'>, today: LocalDate, limit: number): Promise<Found> {
	const found = [
		await badBirthDates(store, today, limit),
		await badRecords(store, 'exam', EXAMS, today, limit),
		await badRecords(store, 'equipment', EQUIPMENT, today, limit),
		await badRecords(store, 'appointment', APPOINTMENTS, today, limit),
		await badRecords(store, 'quote', QUOTES, today, limit),
	];
	return { total: found.reduce((sum, { total }) => sum + total, 0), rows: found.flatMap(({ rows }) => rows).slice(0, limit) };
}

/** Everybody is listed whose birth date lies before this day: as old as an import refuses. */
export function earliestBirth(today: LocalDate): LocalDate {
	return `${Number(today.slice(0, 4)) - OLDEST_AGE - 1}${today.slice(4)}`;
}

const isPresent = sql`customer.merged_into is null and customer.erased_at is null and customer.deceased = 0`;

async function badBirthDates({ db, shop }: Pick<Store, 'db' | 'shop'>, today: LocalDate, limit: number): Promise<Found> {
	const { rows } = await sql<{ id: number; code: string | null; birth_date: string; total: number }>`
		select customer.id, customer.code, customer.birth_date, count(*) over () as total from customers as customer
		where customer.shop_id = ${shop.id} and ${isPresent} and (customer.birth_date > ${today} or customer.birth_date <= ${earliestBirth(today)})
		order by customer.id limit ${Math.max(limit, 1)}`.execute(db);
	return counted(rows, limit, ({ id, code, birth_date }) => ({
		customerId: id, in: 'customer', ...(code !== null && { code }),
		field: 'birthDate', reason: birth_date > today ? 'BIRTH_DATE_IN_FUTURE' : 'BIRTH_DATE_TOO_OLD',
	}));
}

async function badRecords<Fields extends object>(
	{ db, shop }: Pick<Store, 'db' | 'shop'>, name: Exclude<BadFact['in'], 'customer'>, kind: RecordKind<Fields>, today: LocalDate, limit: number,
): Promise<Found> {
	const { rows } = await sql<{ id: number; customer_id: number; code: string | null; total: number } & Record<string, unknown>>`
		select bad.*, count(*) over () as total
		from (select * from ${tableOf(kind)} where shop_id = ${shop.id} and ${kind.isBad(today, shop.timeZone)}) as bad
			join customers as customer on customer.id = bad.customer_id and ${isPresent}
		order by bad.id limit ${Math.max(limit, 1)}`.execute(db);
	return counted(rows, limit, (row) => {
		const { field, reason } = kind.problem(fromColumns(kind, row), today, shop.timeZone) as RecordProblem;
		return { customerId: row.customer_id, in: name, recordId: row.id, ...(row.code !== null && { code: row.code }), field, reason };
	});
}

function counted<Row extends { total: number }>(rows: readonly Row[], limit: number, toFact: (row: Row) => BadFact): Found {
	return { total: rows[0]?.total ?? 0, rows: rows.slice(0, limit).map(toFact) };
}
