import { sql, type RawBuilder } from 'kysely';
import type { FactOutline } from '../../domain/factOutline';
import type { Grade } from '../../domain/grade';
import type { Shop } from '../../domain/shop';
import { plusDays, type LocalDate } from '../../domain/time';
import { bothWays, shopInOrder } from '../dialect';
import { jsonList, jsonRow } from '../jsonLists';
import type { Store } from '../open';
import { CONTRACT_UNTIL, oldestSharer, POINT_STATUS, RPO_CHECK, SUPPRESSED_FOR } from '../pointFacts';
import { EQUIPMENT } from '../records/equipment';
import { EXAMS } from '../records/exams';

/** What the data quality report needs of one customer. */
export interface CustomerOutline extends FactOutline {
	id: number;
	enteredOn: LocalDate | null;
	enteredBy: string | null;
	/** Usable from its day on. */
	lastExam: Grade;
	/** Usable once something was delivered. */
	equipment: Grade;
	/** What the customer spent in the last three years and did not return, in cents. */
	spentCents: number;
	/** The last day of an exam, an order or delivery, an appointment or a quote, up to today. */
	lastSeenOn: LocalDate | null;
}

/** Customers read at once: their outlines take some 5 MB. */
const PAGE = 5_000;
/** A pair of spectacles is replaced every two or three years: who bought nothing for longer counts as one who spends nothing. Ours. */
const WORTH_DAYS = 3 * 365;

/**
 * The shop's living customers by ascending id, a page at a time, each page in six queries: one for each table, in the order of its
 * own index by customer, so that a million customers are read from front to back and nothing is sorted.
 */
export async function* customerOutlines({ db, shop }: Pick<Store, 'db' | 'shop'>, today: LocalDate): AsyncGenerator<CustomerOutline[]> {
	for (let after = 0; ; ) {
		const people = await sql<Pick<CustomerOutline, 'id' | 'birthDate' | 'preferredChannel' | 'enteredOn' | 'enteredBy'>>`
			select id, birth_date as "birthDate", preferred_channel as "preferredChannel", entered_on as "enteredOn", entered_by as "enteredBy" from customers
			where ${shopInOrder()} = ${shop.id} and id > ${after} and merged_into is null and erased_at is null and deceased = 0 order by id limit ${PAGE}`.execute(db);
		const last = people.rows.at(-1)?.id;
		if (last === undefined) return;
		// Between the ids of one shop may lie those of hundreds.
		const range = sql`+shop_id = ${shop.id} and customer_id > ${after} and customer_id <= ${last}`;
		const ofPage = sql`${bothWays(range, sql`customer_id = any(array(select id from customers as own where own.shop_id = ${shop.id} and own.id > ${after} and own.id <= ${last}))`)} group by customer_id`;
		const read = async <Row extends object>(query: RawBuilder<unknown>) => byCustomer((await sql<Row & { customer_id: number }>`${query}`.execute(db)).rows);
		const points = await read<Pick<FactOutline, 'contactPoints' | 'standings'>>(sql`${contactPoints(shop)} ${ofPage}`);
		const said = await read<Pick<FactOutline, 'consents' | 'moments' | 'namedPoints'>>(sql`${CONSENTS} ${ofPage}`);
		const exams = await read<Seen>(sql`${examsUpTo(today, shop.timeZone)} ${ofPage}`);
		const equipment = await read<Seen & { spent: number; contractUntil: LocalDate | null }>(sql`${equipmentUpTo(today, shop.timeZone)} ${ofPage}`);
		const visits = await read<Pick<Seen, 'day'>>(visitsUpTo(today, ofPage));
		yield people.rows.map((person) => {
			const { id, birthDate, preferredChannel, enteredOn, enteredBy } = person;
			const { contactPoints: addresses, standings } = points.get(id) ?? NO_POINTS;
			const { consents, moments, namedPoints } = said.get(id) ?? NO_CONSENTS;
			const [exam, bought] = [exams.get(id), equipment.get(id)];
			// Field by field: taking objects apart and together again would cost more than reading them.
			return {
				id, birthDate, preferredChannel, enteredOn, enteredBy, contactPoints: addresses, standings, consents, moments, namedPoints,
				contractUntil: bought?.contractUntil ?? null,
				lastExam: exam?.grade ?? 0,
				equipment: bought?.grade ?? 0,
				spentCents: bought?.spent ?? 0,
				lastSeenOn: latest(latest(exam?.day, bought?.day), visits.get(id)?.day),
			};
		});
		after = last;
	}
}

interface Seen {
	grade: Grade;
	day: LocalDate | null;
}

const NO_POINTS = { contactPoints: null, standings: null };
const NO_CONSENTS = { consents: null, moments: null, namedPoints: null };

/** What is each one's own, such as the moment of a check, stands apart from what many share. */
function contactPoints(shop: Shop): RawBuilder<unknown> {
	return sql`
		select customer_id, ${jsonList(jsonRow('kind', 'line', POINT_STATUS, 'preferred', SUPPRESSED_FOR), sql`order by id`)} as "contactPoints",
			${jsonList(jsonRow(RPO_CHECK, oldestSharer(shop)), sql`order by id`)} as standings
		from contact_points as point where`;
}

const OWN_POINTS = 'from contact_points as point where point.customer_id = consents.customer_id and point.id';
const NAMED_POINT = `case when contact_point_id is not null then
	case when exists (select 1 ${OWN_POINTS} = contact_point_id) then (select count(*) ${OWN_POINTS} < contact_point_id) else -1 end end`;
const CONSENTS = sql`
	select customer_id, ${jsonList(jsonRow('channel', 'purpose', 'status', 'legal_basis', 'notice_version', 'source', 'method', `case when coalesce(evidence, '') = '' then 0 else 1 end`))} as consents,
		${jsonList(jsonRow('captured_at', 'case when recorded_at < captured_at or length(captured_at) <> 24 then recorded_at end', 'effective_from', 'effective_to', 'withdrawn_at', 'double_opt_in_at'))} as moments,
		case when count(contact_point_id) > 0 then ${jsonList(sql.raw(NAMED_POINT))} end as "namedPoints"
	from consents where`;

function examsUpTo(today: LocalDate, timeZone: string) {
	return sql`
		select customer_id, max(case when ${EXAMS.isBad(today, timeZone)} then 1 else 2 end) as grade, max(case when taken_on <= ${today} then taken_on end) as day
		from exams where`;
}

function equipmentUpTo(today: LocalDate, timeZone: string) {
	const seen = sql`coalesce(delivered_on, ordered_on)`;
	return sql`
		select customer_id, max(case when ${EQUIPMENT.isBad(today, timeZone)} or delivered_on is null then 1 else 2 end) as grade,
			max(case when ${seen} <= ${today} then ${seen} end) as day, ${CONTRACT_UNTIL} as "contractUntil",
			coalesce(sum(case when returned_on is null and coalesce(ordered_on, delivered_on) > ${plusDays(today, -WORTH_DAYS)} then amount_cents end), 0) as spent
		from equipment where`;
}

function visitsUpTo(today: LocalDate, ofPage: RawBuilder<unknown>) {
	return sql`
		select customer_id, max(day) as day from (
			select shop_id, customer_id, substr(starts_at, 1, 10) as day from appointments union all select shop_id, customer_id, made_on from quotes) as visit
		where day <= ${today} and ${ofPage}`;
}

function byCustomer<Row extends { customer_id: number }>(rows: readonly Row[]): Map<number, Row> {
	return new Map(rows.map((found) => [found.customer_id, found]));
}

function latest(one: LocalDate | null = null, other: LocalDate | null = null): LocalDate | null {
	return one === null || (other !== null && other > one) ? other : one;
}
