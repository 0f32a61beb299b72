import { sql, type RawBuilder } from 'kysely';
import type { LensType } from '../../domain/records';
import type { Rule, SegmentScope } from '../../domain/segment';
import type { Goal, GoalCounts, SegmentGoal, StoredGoal } from '../../domain/segmentGoal';
import { plusMonths, type Instant, type LocalDate } from '../../domain/time';
import { cameIn } from '../cameIn';
import { monthsAfter } from '../dialect';
import { inTransaction, type Database, type Store } from '../open';
import { membersSql } from '../segments/members';
import { HAS_ARRIVED } from './arrived';
import { usefulMonthsOf } from './useful';

type Scope = Pick<Store, 'db' | 'shop'>;
type Fragment = RawBuilder<unknown>;

/** A goal to set, with the segment's rule and what it is reckoned with today. */
export interface NewGoal extends SegmentGoal {
	segment: string;
	setBy: string;
	rule: Rule;
	scope: SegmentScope;
}

/** The name under which a goal's members are kept; no watched segment can have it. */
const membersOf = (id: number) => `goal:${id}`;

/** Sets the goal of a segment, in place of the one that it had, and keeps who is in the segment now. One transaction. @returns its id */
export async function setGoal(store: Store, { segment, goal, months, target, dueOn, setOn, setBy, rule, scope }: NewGoal, now: Instant): Promise<number> {
	const { shop } = store;
	return await inTransaction(store.db, async (db) => {
		const { rows: former } = await sql<{ id: number }>`select id from segment_goals where shop_id = ${shop.id} and segment = ${segment} and ended_at is null`.execute(db);
		for (const { id } of former) await end(db, shop.id, id, now);
		const { rows } = await sql<{ id: number }>`
			insert into segment_goals (shop_id, segment, goal, months, target, due_on, set_by, set_on, set_at)
			values (${shop.id}, ${segment}, ${goal}, ${months ?? null}, ${target}, ${dueOn}, ${setBy}, ${setOn}, ${now}) returning id`.execute(db);
		await sql`insert into segment_members (shop_id, name, customer_id) select ${shop.id}, ${membersOf(rows[0].id)}, id from (${membersSql(shop.id, rule, scope, sql`person.id`)}) as member where true`.execute(db);
		return rows[0].id;
	});
}

/** Ends a goal. @returns whether it was open */
export async function endGoal({ db, shop }: Scope, id: number, now: Instant): Promise<boolean> {
	return await inTransaction(db, async (transaction) => await end(transaction, shop.id, id, now));
}

async function end(db: Database, shopId: number, id: number, now: Instant): Promise<boolean> {
	const { rows } = await sql`update segment_goals set ended_at = ${now} where shop_id = ${shopId} and id = ${id} and ended_at is null returning id`.execute(db);
	if (rows.length > 0) await sql`delete from segment_members where shop_id = ${shopId} and name = ${membersOf(id)}`.execute(db);
	return rows.length > 0;
}

/** The open goals of the shop, what is due first comes first. */
export async function openGoals({ db, shop }: Scope): Promise<StoredGoal[]> {
	const { rows } = await sql<{ id: number; segment: string; goal: Goal; months: number | null; target: number; due_on: LocalDate; set_by: string; set_on: LocalDate; set_at: Instant }>`
		select id, segment, goal, months, target, due_on, set_by, set_on, set_at from segment_goals where shop_id = ${shop.id} and ended_at is null order by due_on, id`.execute(db);
	return rows.map(({ months, due_on: dueOn, set_by: setBy, set_on: setOn, set_at: setAt, ...goal }) => ({ ...goal, ...(months !== null && { months }), dueOn, setBy, setOn, setAt }));
}

/**
 * How many of a goal's members are there, in one statement. Whoever was merged with another since is looked for as that one, once.
 * @param day on which it is looked at; see `goalDay`
 */
export async function goalCounts({ db, shop }: Scope, goal: StoredGoal, day: LocalDate, usefulMonths: Record<LensType, number>): Promise<GoalCounts> {
	const there = (on: LocalDate) => sql`coalesce(sum(case when ${isThere(goal, on, usefulMonths)} then 1 else 0 end), 0)`;
	const { rows } = await sql<GoalCounts>`
		select count(*) as members, ${there(goal.setOn)} as "atStart", ${there(day)} as there
		from (select distinct coalesce(known.merged_into, known.id) as id from segment_members as member join customers as known on known.id = member.customer_id
			where member.shop_id = ${shop.id} and member.name = ${membersOf(goal.id)}) as person`.execute(db);
	const { members, atStart, there: present } = rows[0];
	return { members: Number(members), atStart: Number(atStart), there: Number(present) };
}

/** Whether a `person` is where the goal wants them on a day. */
function isThere({ goal, months = 0, setOn }: StoredGoal, day: LocalDate, usefulMonths: Record<LensType, number>): Fragment {
	const me = sql`person.id`;
	const cameAfter = (since: LocalDate) => cameIn(me, (visit) => sql`${visit} > ${since} and ${visit} <= ${day}`);
	if (goal === 'return') return cameAfter(setOn);
	if (goal === 'second-pair') return sql`(select count(*) from equipment as pair where pair.customer_id = ${me} and ${inUse(day, usefulMonths)}) >= 2`;
	const since = plusMonths(day, -months);
	return sql`(${cameAfter(since)}
		or exists (select 1 from messages as message where message.customer_id = ${me} and message.sent_on > ${since} and message.sent_on <= ${day} and ${HAS_ARRIVED}))`;
}

/** Of a `pair`: spectacles in use from the day on which they were handed over, for as many months as they are of use, or until they were brought back. */
function inUse(day: LocalDate, usefulMonths: Record<LensType, number>): Fragment {
	return sql`pair.kind = 'spectacles' and pair.delivered_on <= ${day} and ${monthsAfter(sql`pair.delivered_on`, usefulMonthsOf('pair', usefulMonths))} > ${day} and (pair.returned_on is null or pair.returned_on > ${day})`;
}
