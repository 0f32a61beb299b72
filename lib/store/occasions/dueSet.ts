import { sql, type RawBuilder } from 'kysely';
import type { DueDay, DueDays, DuePlan, DueSearch, FollowUpSearch, WindowDay } from '../../domain/dueSearch';
import { PURPOSE_OF_CLASS } from '../../domain/glossary';
import { endsWithVisit, rankOf } from '../../domain/occasionKinds';
import { plusDays, plusMinutes, type Instant } from '../../domain/time';
import { daysAfter, monthsAfter } from '../dialect';
import { rowSet } from '../sets';
import { factSource, type FactSource } from './factSources';
import { answered, booked, cameBack, refused } from './stops';

const DAY_COLUMNS = { due_on: 'text', expires_on: 'text', due_from: 'text', due_to: 'text', fact_on: 'text', low: 'text', high: 'text' } as const;
const SPAN_COLUMNS = { low: 'text', high: 'text', plus: 'integer', grp: 'integer' } as const;

/** A message counts as under way until so long after it was sent: the next stage leaves the customer time to answer. Days. */
const DAYS_TO_ANSWER = 7;

/**
 * The common table expressions that end in `chosen`: everybody who is due by the plan and not in the ledger yet, and those who wait in it, with
 * `waits` 1 where something more important goes first. One statement for all kinds, whose time follows what is due: each search goes from
 * its days to the records of those days.
 */
export function dueSet(shopId: number, plan: DuePlan, now: Instant): RawBuilder<unknown> {
	const searches = plan.searches.filter(({ when }) => isSome(when));
	const followUps = plan.followUps.filter(({ when }) => isSome(when));
	const days = [...searches.map((search, index) => daysOf(search.when, `_${index}`, search.same.dueDays)), ...followUps.map(({ when }, index) => daysOf(when, `_after_${index}`, 0))];
	const candidates = [
		...searches.map((search, index) => fresh(shopId, search, `_${index}`, now)),
		...followUps.map((search, index) => followUp(shopId, search, `_after_${index}`, now)),
		...waiting(shopId, plan, now),
	];
	return sql`${sql.join([...days.flat(), sql`
		-- Materialized: a server without statistics of its tables would search again for every person.
		candidate as materialized (${sql.join(candidates, sql` union all `)}),
		due as (
			select candidate.* from candidate cross join customers as person on person.id = candidate.customer_id
			where person.deceased = 0 and person.merged_into is null and person.erased_at is null),
		chosen as (${chosen(plan)})`])}`;
}

/** One of each kind and stage for a person; of those that can wait, the most important one, unless somebody has been in touch with the person lately. */
function chosen({ searches, followUps, today, restDays }: DuePlan): RawBuilder<unknown> {
	// Nothing to rank: birthdays, of which each person has one.
	if (followUps.length === 0 && searches.every(({ fact }) => fact.of === 'birthday')) return sql`select due.*, 0 as waits from due`;
	const lately = plusDays(today, -restDays);
	return sql`
		select ranked.*, case when may_wait = 1 and (place_of_person > 1 or exists (select 1 from occasions as recent
				where recent.customer_id = ranked.customer_id and recent.acted_on > ${lately} and recent.kind not in (ranked.kind, 'birthday')
					and recent.state <> 'waiting' and (recent.outcome is null or recent.outcome in ('message', 'handed-over', 'deferred'))))
			then 1 else 0 end as waits
		from (select due.*, row_number() over (partition by customer_id, kind, stage order by due_on, since) as turn,
				row_number() over (partition by customer_id order by may_wait, place, due_on, since) as place_of_person
			from due) as ranked
		where turn = 1`;
}

/** Whether there is anything to look for. */
export function isSome(when: DueDays): boolean {
	return 'days' in when ? when.days.length > 0 : when.spans.length > 0;
}

/** The days of a search as tables. Materialized: else they are read out of their parameter again for every record. */
function daysOf(when: DueDays, name: string, sameDays: number): Array<RawBuilder<unknown>> {
	const days: Array<WindowDay & Partial<DueDay>> = 'days' in when ? when.days : when.window;
	const rows = days.map(({ dueOn, expiresOn, on, from, to }) => ({
		due_on: dueOn, expires_on: expiresOn, fact_on: on, low: from, high: to, due_from: plusDays(dueOn, -sameDays), due_to: plusDays(dueOn, sameDays),
	}));
	const table = sql`${sql.ref(`day${name}`)} as materialized ${rowSet(rows, DAY_COLUMNS)}`;
	if ('days' in when) return [table];
	const spans = when.spans.map(({ from, to, plus, group }) => ({ low: from, high: to, plus, grp: group }));
	return [table, sql`${sql.ref(`span${name}`)} as materialized ${rowSet(spans, SPAN_COLUMNS)}`];
}

/** From the days of a search to its facts: by their days, or through the spans of them and back to the day on which each is due. */
function fromDays(when: DueDays, name: string, { joins, day }: Pick<FactSource, 'joins' | 'day'>): RawBuilder<unknown> {
	if ('days' in when) return sql`${sql.ref(`day${name}`)} as day ${joins((column) => sql`${column} = day.fact_on`)}`;
	const dueOn = when.unit === 'days' ? daysAfter(day, sql.ref('span.plus')) : monthsAfter(day, sql.ref('span.plus'));
	return sql`${sql.ref(`span${name}`)} as span ${joins((column) => sql`${column} between span.low and span.high`)}
		cross join ${sql.ref(`day${name}`)} as day on day.due_on = ${dueOn}`;
}

/** What is known of a candidate before its customer: kind and stage stand in the statement, so that both databases know their types. */
function constants({ kind, stage, waits }: Pick<DueSearch, 'kind' | 'stage' | 'waits'>): RawBuilder<unknown> {
	return sql`${sql.lit(kind)} as kind, ${sql.lit(stage)} as stage, ${sql.lit(rankOf(kind))} as place, ${sql.lit(waits ? 1 : 0)} as may_wait`;
}

/** First stages, and those that do not follow on another: from the facts. */
function fresh(shopId: number, search: DueSearch, name: string, now: Instant): RawBuilder<unknown> {
	const source = factSource(shopId, search.fact);
	const { where, customer, since, cause } = source;
	const { sinceDays } = search.same;
	const nearby = sinceDays ? sql`between ${daysAfter(since, sql.lit(-sinceDays))} and ${daysAfter(since, sql.lit(sinceDays))}` : sql`= ${since}`;
	return sql`
		select ${customer} as customer_id, ${constants(search)}, day.due_on, day.expires_on, ${since} as since, ${cause} as cause
		from ${fromDays(search.when, name, source)}
		where ${where} ${search.unlessBooked ? sql`and not ${booked(customer, now)}` : sql``}
			and not exists (select 1 from occasions as known
				where known.customer_id = ${customer} and known.kind = ${sql.lit(search.kind)} and known.stage = ${sql.lit(search.stage)}
					and known.due_on between day.due_from and day.due_to ${sinceDays === undefined ? sql`` : sql`and (known.since is null or known.since ${nearby})`})`;
}

/**
 * Stages that follow on the one before: where that was sent some days ago, expired, or could not be sent on its channel. Where the customer came
 * back, booked, answered or refused, or a person of the shop held it back, the course has ended.
 */
function followUp(shopId: number, search: FollowUpSearch, name: string, now: Instant): RawBuilder<unknown> {
	const [customer, from] = [sql.ref('before.customer_id'), sql.ref('before.acted_on')];
	return sql`
		select ${customer} as customer_id, ${constants(search)}, day.due_on, day.expires_on, before.since, before.cause
		from ${fromDays(search.when, name, { joins: (isDue) => sql`cross join occasions as before on before.shop_id = ${shopId}
				and before.kind = ${sql.lit(search.kind)} and before.stage = ${sql.lit(search.stage - 1)} and ${isDue(from)}`, day: from })}
			left join messages as message on message.occasion_id = before.id
		where before.since is not null and before.state = 'settled'
			and case before.outcome
				when 'message' then case when message.state not in ('pending', 'approved', 'sending', 'uncertain', 'rejected') then 1 end
				when 'handed-over' then 1
				when 'blocked' then case when before.reason not in ('OBJECTED', 'SUBJECT_DECEASED', 'MINOR') then 1 end
				when 'dropped' then case when before.reason not in ('MERGED', 'ERASED') then 1 end end = 1
			and not exists (select 1 from message_history as sent
				where sent.message_id = message.id and sent.to_state = 'sent' and sent.at > ${plusMinutes(now, -DAYS_TO_ANSWER * 24 * 60)})
			and not exists (select 1 from occasions as later where later.customer_id = ${customer} and later.kind = ${sql.lit(search.kind)}
				and later.stage >= ${sql.lit(search.stage)} and later.since = before.since and later.due_on > before.due_on)
			and not ${cameBack(customer, from)} and not ${answered(customer, from)} and not ${booked(customer, now)}
			and not ${refused(customer, from, sql.lit(PURPOSE_OF_CLASS[search.class]))}`;
}

/** Those who have waited for their turn. */
function waiting(shopId: number, { searches, followUps, expiresOn }: DuePlan, now: Instant): Array<RawBuilder<unknown>> {
	const kinds = [...new Set([...searches, ...followUps].filter(({ waits }) => waits).map(({ kind }) => kind))];
	const [customer, from] = [sql.ref('held.customer_id'), sql.ref('held.due_on')];
	const ended = (kind: string) => (endsWithVisit(kind) ? sql`and not ${cameBack(customer, from)} and not ${answered(customer, from)} and not ${booked(customer, now)}` : sql``);
	return kinds.map((kind) => sql`
		select held.customer_id, held.kind, held.stage, ${sql.lit(rankOf(kind))} as place, 1 as may_wait, held.due_on,
			cast(${expiresOn[kind]} as text) as expires_on, held.since, held.cause
		from occasions as held
		where held.shop_id = ${shopId} and held.kind = ${sql.lit(kind)} and held.state = 'waiting' ${ended(kind)}`);
}
