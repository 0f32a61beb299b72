import { sql } from 'kysely';
import type { LocalDate } from '../../domain/time';
import { matchKeyPart } from '../customers/matchKey';
import { bothWays, greatestOf, leastOf } from '../dialect';
import type { Store } from '../open';
import type { Row } from '../schema';
import { idSet } from '../sets';

/** What speaks for two customers being one, strongest first, with the points that it alone gives of 100. */
const EVIDENCE = {
	SAME_NAME_AND_BIRTH_DATE: 95,
	SWAPPED_NAME_SAME_BIRTH_DATE: 90,
	SAME_EMAIL_SIMILAR_NAME: 80,
	SAME_PHONE_SIMILAR_NAME: 75,
	SAME_NAME_BIRTH_DATE_MISSING: 55,
} as const;
export type Evidence = keyof typeof EVIDENCE;

/** Each further piece of evidence adds so many points; two birth dates that differ take away so many. */
const MORE = 5;
const BIRTH_DATES_DIFFER = 30;
/** An address that more customers share is the shop's own, or a placeholder: it tells nothing of a person. */
const SHARED_AT_MOST = 20;

/** One of two customers who may be one. */
export type PossibleDuplicate = Pick<Row<'customers'>, 'id' | 'code'> & { firstName: string; lastName: string; birthDate?: LocalDate };

export interface DuplicatePair {
	/** 1 to 100: how likely it is one person. A person decides. */
	score: number;
	evidence: Evidence[];
	birthDatesDiffer: boolean;
	customers: [PossibleDuplicate, PossibleDuplicate];
}

/**
 * Likely duplicates, the likeliest first. Pairs come out of groups that the indexes hold together, each member with the group's first, so that
 * their number grows with the customers and never with their square; merging them all merges the group.
 */
export async function findDuplicates({ db, shop }: Store, page: { limit: number; offset: number; minScore?: number }): Promise<DuplicatePair[]> {
	const points = sql.join(Object.entries(EVIDENCE).map(([evidence, score]) => sql`select ${evidence} as evidence, ${score} as score`), sql` union all `);
	const { rows } = await sql<PairRow>`
		with present as (select id, match_key, search_name, birth_date from customers where shop_id = ${shop.id} and merged_into is null and erased_at is null),
		known as (${points}),
		-- Of each name: the customer with the lowest id for each birth date, and the first of those who have one.
		namesake as (select id, birth_date,
				min(id) over (partition by match_key) as first_same,
				min(case when birth_date is not null then id end) over (partition by search_name) as first_dated
			from present where search_name in (select search_name from customers where shop_id = ${shop.id} group by search_name having count(*) > 1)),
		swapped as (select one.id as a, other.id as b from (select id, birth_date, search_name,
					${matchKeyPart(1)} as last_name, ${matchKeyPart(2)} as first_name
				from present where birth_date is not null) as one
			cross join customers as other on other.shop_id = ${shop.id} and other.merged_into is null
				and other.match_key = one.first_name || '|' || one.last_name || '|' || one.birth_date
			where one.last_name < one.first_name),
		shared as (select kind, value from contact_points where shop_id = ${shop.id} and kind in ('email', 'phone')
			group by kind, value having count(*) between 2 and ${SHARED_AT_MOST}),
		contact as (select point.kind, one.id as a, other.id as b
			from shared
			cross join contact_points as point on point.shop_id = ${shop.id} and point.kind = shared.kind and point.value = shared.value
			cross join contact_points as also on also.shop_id = ${shop.id} and also.kind = shared.kind and also.value = shared.value and also.customer_id > point.customer_id
			cross join customers as one on one.id = point.customer_id and one.merged_into is null
			cross join customers as other on other.id = also.customer_id and other.merged_into is null
			where ${similarName('one', 'other')}),
		pair as (
			select first_same as a, id as b, case when birth_date is null then 'SAME_NAME_BIRTH_DATE_MISSING' else 'SAME_NAME_AND_BIRTH_DATE' end as evidence
				from namesake where id <> first_same
			union select ${leastOf(sql`id`, sql`first_dated`)}, ${greatestOf(sql`id`, sql`first_dated`)}, 'SAME_NAME_BIRTH_DATE_MISSING'
				from namesake where birth_date is null and id = first_same and first_dated is not null
			union select ${leastOf(sql`a`, sql`b`)}, ${greatestOf(sql`a`, sql`b`)}, 'SWAPPED_NAME_SAME_BIRTH_DATE' from swapped
			union select a, b, case kind when 'email' then 'SAME_EMAIL_SIMILAR_NAME' else 'SAME_PHONE_SIMILAR_NAME' end from contact
		),
		scored as (select pair.a, pair.b, ${bothWays(sql`group_concat(pair.evidence)`, sql`string_agg(pair.evidence, ',')`)} as evidence, coalesce(one.birth_date <> other.birth_date, false) as differ,
				${leastOf(sql`100`, sql`max(known.score) + ${MORE} * (count(*) - 1)`)} - case when one.birth_date <> other.birth_date then ${BIRTH_DATES_DIFFER} else 0 end as score
			from pair join known on known.evidence = pair.evidence join present as one on one.id = pair.a join present as other on other.id = pair.b
			group by pair.a, pair.b, one.birth_date, other.birth_date)
		select a, b, evidence, differ, score from scored where score >= ${page.minScore ?? 1}
		order by score desc, a, b limit ${page.limit} offset ${page.offset}`.execute(db);

	const people = await sql<Row<'customers'>>`
		select id, code, first_name, last_name, birth_date from customers where id in ${idSet([...new Set(rows.flatMap(({ a, b }) => [a, b]))])}`.execute(db);
	const byId = new Map(people.rows.map((row) => [row.id, toPerson(row)]));
	return rows.map(({ a, b, evidence, differ, score }) => ({
		score,
		evidence: (evidence.split(',') as Evidence[]).sort((one, other) => EVIDENCE[other] - EVIDENCE[one]),
		birthDatesDiffer: Boolean(differ),
		customers: [byId.get(a) as PossibleDuplicate, byId.get(b) as PossibleDuplicate],
	}));
}

interface PairRow {
	a: number;
	b: number;
	evidence: string;
	differ: number;
	score: number;
}

/** First and last names that begin alike, in either order: Giulia and Giuliana Conti, Conti Giulia; not Giulia and Marco Conti, who share a home. */
function similarName(one: string, other: string) {
	const start = (row: string, name: string) => `lower(substr(${row}.${name}_name, 1, 3))`;
	const same = (ours: string, theirs: string) => `${start(one, ours)} = ${start(other, theirs)}`;
	return sql.raw(`((${same('first', 'first')} and ${same('last', 'last')}) or (${same('first', 'last')} and ${same('last', 'first')}))`);
}

function toPerson({ id, code, first_name, last_name, birth_date }: Row<'customers'>): PossibleDuplicate {
	return { id, code, firstName: first_name, lastName: last_name, birthDate: birth_date ?? undefined };
}
