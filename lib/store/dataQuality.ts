import { sql } from 'kysely';
import type { Channel, Purpose } from '../domain/glossary';
import type { LocalDate } from '../domain/time';
import type { Store } from './open';
import { rowSet } from './sets';

/** Fields that later steps need of every customer. */
export const QUALITY_FIELDS = ['mobile', 'email', 'birthDate', 'lastExam', 'equipment'] as const;

/** How many have something in a field, and how many of them something that can be used. */
interface FieldCount {
	filled: number;
	valid: number;
}

/** Customers who were entered on one day by one operator. */
export interface EnteredCount {
	enteredOn?: LocalDate;
	operator?: string;
	customers: number;
	fields: Record<string, FieldCount>;
}

/** Nobody is older; such a birth date is a slip of the keyboard. Years. */
const OLDEST = 120;

/** Customers whom the report is about: present ones, who are alive. */
function peopleOf(shopId: number) {
	return sql`select id, entered_on, entered_by, birth_date from customers
		where shop_id = ${shopId} and merged_into is null and erased_at is null and deceased = 0`;
}

/** For each present customer and each field: 0 missing, 1 filled, 2 filled with what can be used. */
function gradedPeople(shopId: number, today: LocalDate) {
	const oldest = `${Number(today.slice(0, 4)) - OLDEST}${today.slice(4)}`;
	const point = (kind: string, line: string | null) =>
		sql`max(case when kind = ${kind} and (${line} is null or line = ${line}) then case status when 'valid' then 2 else 1 end else 0 end)`;
	return sql`person as (${peopleOf(shopId)}),
		reached as (select customer_id, ${point('phone', 'mobile')} as mobile, ${point('email', null)} as email
			from contact_points where shop_id = ${shopId} group by customer_id),
		examined as (select customer_id, max(case when taken_on <= ${today} then 2 else 1 end) as grade from exams where shop_id = ${shopId} group by customer_id),
		equipped as (select customer_id, max(case when delivered_on <= ${today} then 2 else 1 end) as grade from equipment where shop_id = ${shopId} group by customer_id),
		graded as (select person.id, person.entered_on, person.entered_by, coalesce(reached.mobile, 0) as "mobile", coalesce(reached.email, 0) as "email",
				case when person.birth_date is null then 0 when person.birth_date between ${oldest} and ${today} then 2 else 1 end as "birthDate",
				coalesce(examined.grade, 0) as "lastExam", coalesce(equipped.grade, 0) as "equipment"
			from person left join reached on reached.customer_id = person.id
				left join examined on examined.customer_id = person.id left join equipped on equipped.customer_id = person.id)`;
}

/**
 * Counts of filled and usable fields for each day of entry and operator, in two queries. A contact point is usable while it is valid, an exam
 * from its day on, equipment once it was delivered. A consent is filled when the customer said yes or no to that purpose and channel (or no to
 * all), and usable when it is a no, or a yes that has not ended and names a notice; whether it may be used in the end is for the consent rules.
 */
export async function fieldCounts(store: Store, consents: ReadonlyArray<{ purpose: Purpose; channel: Channel }>, today: LocalDate, now: string): Promise<EnteredCount[]> {
	const { db, shop } = store;
	const sums = sql.join(QUALITY_FIELDS.flatMap((field) => [1, 2].map((grade) => sql`sum(case when ${sql.ref(field)} >= ${grade} then 1 else 0 end) as ${sql.ref(`${field}${grade}`)}`)));
	const groups = await sql<Record<string, number> & { entered_on: string | null; entered_by: string | null }>`
		with ${gradedPeople(shop.id, today)}
		select entered_on, entered_by, count(*) as customers, ${sums} from graded group by entered_on, entered_by order by entered_on, entered_by`.execute(db);
	const answers = await sql<{ entered_on: string | null; entered_by: string | null; purpose: string; channel: string } & FieldCount>`
		with person as (${peopleOf(shop.id)}),
		-- Materialized: else the pairs are read out of their parameter again for every record.
		pair as materialized ${rowSet(consents, { purpose: 'text', channel: 'text' })},
		word as (select record.customer_id, pair.purpose, pair.channel,
				case when record.status <> 'granted' or record.withdrawn_at is not null then 1
					when record.notice_version is null or record.effective_to <= ${now} then 0 else 1 end as usable,
				row_number() over (partition by record.customer_id, pair.purpose, pair.channel
					order by case when record.withdrawn_at > record.captured_at then record.withdrawn_at else record.captured_at end desc,
						case when record.status = 'granted' then 1 else 0 end, record.sequence desc) as position
			from consents as record cross join pair on true
			where record.shop_id = ${shop.id} and record.status in ('granted', 'denied', 'withdrawn', 'objected')
				and ((record.purpose = pair.purpose and record.channel = pair.channel)
					or (record.status <> 'granted' and record.purpose in (pair.purpose, 'any') and record.channel in (pair.channel, 'any'))))
		select person.entered_on, person.entered_by, word.purpose, word.channel, count(*) as filled, sum(word.usable) as valid
		from word join person on person.id = word.customer_id where word.position = 1
		group by person.entered_on, person.entered_by, word.purpose, word.channel`.execute(db);

	const keyOf = (row: { entered_on: string | null; entered_by: string | null }) => JSON.stringify([row.entered_on, row.entered_by]);
	const byGroup = Map.groupBy(answers.rows, keyOf);
	return groups.rows.map((row) => {
		const said = byGroup.get(keyOf(row)) ?? [];
		const consentFields = consents.map(({ purpose, channel }): [string, FieldCount] => {
			const { filled = 0, valid = 0 } = said.find((answer) => answer.purpose === purpose && answer.channel === channel) ?? {};
			return [`consent.${purpose}.${channel}`, { filled, valid }];
		});
		const plain = QUALITY_FIELDS.map((field): [string, FieldCount] => [field, { filled: row[`${field}1`], valid: row[`${field}2`] }]);
		return { enteredOn: row.entered_on ?? undefined, operator: row.entered_by ?? undefined, customers: row.customers, fields: Object.fromEntries([...plain, ...consentFields]) };
	});
}

/** A customer with the fields that are missing or cannot be used. */
export interface UnmendedCustomer {
	customerId: number;
	fields: string[];
	lastActivityOn?: LocalDate;
}

/** Customers with something to mend: how many, and those whom the shop saw last, in one query. Without any yes or no, `consent` is to mend too. */
export async function customersToMend({ db, shop }: Store, today: LocalDate, limit: number): Promise<{ total: number; rows: UnmendedCustomer[] }> {
	const latest = (table: string, day: string) => sql`select customer_id, ${sql.raw(day)} as day from ${sql.table(table)} where shop_id = ${shop.id}`;
	const { rows } = await sql<Record<string, number> & { id: number; day: string | null; total: number }>`
		with ${gradedPeople(shop.id, today)},
		seen as (select customer_id, max(day) as day from (
				${latest('equipment', 'coalesce(delivered_on, ordered_on)')} union all ${latest('exams', 'taken_on')}
				union all ${latest('appointments', 'substr(starts_at, 1, 10)')} union all ${latest('quotes', 'made_on')}) as activity
			where day <= ${today} group by customer_id),
		answered as (select distinct customer_id from consents where shop_id = ${shop.id} and status in ('granted', 'denied', 'withdrawn', 'objected'))
		select graded.*, case when answered.customer_id is null then 0 else 2 end as consent, seen.day, count(*) over () as total
		from graded left join seen on seen.customer_id = graded.id left join answered on answered.customer_id = graded.id
		where ${sql.join(QUALITY_FIELDS.map((field) => sql`${sql.ref(field)} < 2`), sql` or `)} or answered.customer_id is null
		order by coalesce(seen.day, '') desc, graded.id limit ${Math.max(limit, 1)}`.execute(db);
	return {
		total: rows[0]?.total ?? 0,
		rows: rows.slice(0, limit).map((row) => ({
			customerId: row.id,
			fields: [...QUALITY_FIELDS, 'consent'].filter((field) => row[field] < 2),
			lastActivityOn: row.day ?? undefined,
		})),
	};
}

/** Ids of the customers whom the report is about, a page at a time. */
export async function presentCustomers({ db, shop }: Store, after: number, limit: number): Promise<number[]> {
	const { rows } = await sql<{ id: number }>`
		select id from customers where +shop_id = ${shop.id} and id > ${after} and merged_into is null and erased_at is null and deceased = 0
		order by id limit ${limit}`.execute(db);
	return rows.map(({ id }) => id);
}
