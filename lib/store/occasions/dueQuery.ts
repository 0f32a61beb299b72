import { sql, type RawBuilder } from 'kysely';
import type { DayWindow, DueDay, DueDays, DuePlan, DueSearch, FollowUpSearch } from '../../domain/dueSearch';
import { PURPOSE_OF_CLASS } from '../../domain/glossary';
import { endsWithVisit } from '../../domain/occasionKinds';
import { plusDays, plusMinutes, type Instant } from '../../domain/time';
import { bothWays, daysAfter, greatestOf, monthsAfter, quoted, quotedList } from '../dialect';
import { rowSet } from '../sets';
import { CUSTOMER_COLUMNS, type CustomerOccasionRow } from './claimed';
import { factSource, type FactSource } from './factSources';
import { answered, booked, cameBack, courseBegan, refused } from './stops';

const DAY_COLUMNS = { due_on: 'text', expires_on: 'text', due_from: 'text', due_to: 'text', fact_on: 'text', low: 'text', high: 'text' } as const;
const SPAN_COLUMNS = { low: 'text', high: 'text', plus: 'integer', grp: 'integer' } as const;

const NOTHING = sql.raw('');

/** A message counts as under way until so long after it was sent: the next stage leaves the customer time to answer. Days. */
const DAYS_TO_ANSWER = 7;

/**
 * Everybody who is due by the plan and not in the ledger yet, and those who wait in it, each with what is known of the customer; whose due day
 * came first before the others. One query for all kinds, whose time follows what is due: each search goes from its days to the records of those days.
 */
export function dueQuery(shopId: number, plan: DuePlan, now: Instant): RawBuilder<DueRow> {
	const searches = plan.searches.filter(({ when }) => isSome(when));
	const followUps = plan.followUps.filter(({ when }) => isSome(when));
	const tables = new DayTables();
	const candidates = [
		...searches.map((search) => fresh(shopId, search, tables, now)),
		...followUps.map((search) => followUp(shopId, search, tables, now)),
		...waiting(shopId, plan, now),
	];
	const lately = plusDays(plan.today, -plan.restDays);
	return sql<DueRow>`
		with ${sql.join([...tables.all, sql`
		-- A server without statistics of its tables would search again for every person.
		candidate as ${bothWays(sql``, sql`materialized`)} (${sql.join(candidates, sql` union all `)})`])}
		select candidate.kind, candidate.stage, candidate.may_wait, candidate.due_on, candidate.expires_on, candidate.since, candidate.cause, candidate.waited, ${CUSTOMER_COLUMNS},
			case when candidate.may_wait = 1 and exists (select 1 from occasions as recent
					where recent.customer_id = candidate.customer_id and recent.acted_on > ${lately} and recent.kind not in (candidate.kind, 'birthday')
						and recent.state <> 'waiting' and (recent.outcome is null or recent.outcome in ('message', 'handed-over', 'deferred')))
				then 1 else 0 end as resting
		from candidate cross join customers as customer on customer.id = candidate.customer_id
		where customer.deceased = 0 and customer.merged_into is null and customer.erased_at is null
		order by candidate.due_on, candidate.customer_id`;
}

/** Somebody who is due, and what decides whose turn it is. */
export interface DueRow extends Omit<CustomerOccasionRow, 'occasion_id'> {
	may_wait: number;
	/** 1: it waits in the ledger already. */
	waited: number;
	/** 1: somebody has been in touch with the customer lately. */
	resting: number;
}

/** Whether there is anything to look for. */
export function isSome(when: DueDays): boolean {
	return 'days' in when ? when.days.length > 0 : when.spans.length > 0;
}

/** Where a search begins, and what it says of the day on which somebody is due. */
interface Beginning {
	from: RawBuilder<unknown>;
	dueOn: RawBuilder<unknown>;
	expiresOn: RawBuilder<unknown>;
	/** The condition for the due day of an occasion that is the same one, `known`. */
	isSameDay: RawBuilder<unknown>;
}

/** The days of all searches as tables of the query. */
class DayTables {
	/** What stands behind `with`. */
	readonly all: Array<RawBuilder<unknown>> = [];

	/**
	 * From the days of a search to its facts: by their days, or through the spans of them; then the due day is reckoned from the day of the fact.
	 * @param sameDays how near an occasion of the ledger is the same one
	 */
	begin(when: DueDays, { joins, day }: Pick<FactSource, 'joins' | 'day'>, sameDays = 0): Beginning {
		if ('days' in when) {
			const table = this.add('day', rowSet(dayRows(when.days, sameDays), DAY_COLUMNS));
			return {
				from: sql`${table} as day ${joins((column) => sql.raw(`${column} = day.fact_on`))}`,
				dueOn: sql`day.due_on`,
				expiresOn: sql`day.expires_on`,
				isSameDay: sql`known.due_on between day.due_from and day.due_to`,
			};
		}
		const table = this.add('span', rowSet(when.spans.map(({ from, to, plus, group }) => ({ low: from, high: to, plus, grp: group })), SPAN_COLUMNS));
		const dueOn = (when.unit === 'days' ? daysAfter : monthsAfter)(sql.raw(day), sql.raw('span.plus'));
		return {
			from: sql`${table} as span ${joins((column) => sql.raw(`${column} between span.low and span.high`))}`,
			dueOn,
			expiresOn: expiresOn(dueOn, when.window),
			isSameDay: sameDays === 0 ? sql`known.due_on = ${dueOn}` : isNear(dueOn, when.window, sameDays),
		};
	}

	/** Materialized: else the rows are read out of their parameter again for every record. */
	private add(name: string, rows: RawBuilder<unknown>): RawBuilder<unknown> {
		const numbered = sql.raw(`${name}_${this.all.length}`);
		this.all.push(sql`${numbered} as materialized ${rows}`);
		return numbered;
	}
}

function dayRows(days: readonly DueDay[], sameDays: number) {
	return days.map(({ dueOn, expiresOn: last, on, from, to }) => ({
		due_on: dueOn, expires_on: last, fact_on: on, low: from, high: to, due_from: plusDays(dueOn, -sameDays), due_to: plusDays(dueOn, sameDays),
	}));
}

/** Mostly there is one of the very day, or none of all days: only else the days around the due day are reckoned. */
function isNear(dueOn: RawBuilder<unknown>, { first, last }: DayWindow, days: number): RawBuilder<unknown> {
	return sql`known.due_on between ${plusDays(first, -days)} and ${plusDays(last, days)}
		and (known.due_on = ${dueOn} or known.due_on between ${daysAfter(dueOn, sql.lit(-days))} and ${daysAfter(dueOn, sql.lit(days))})`;
}

function expiresOn(dueOn: RawBuilder<unknown>, { first, lateDays, countedFrom }: DayWindow): RawBuilder<unknown> {
	const counted = countedFrom <= first ? dueOn : greatestOf(dueOn, sql`${countedFrom}`);
	return daysAfter(counted, sql.lit(lateDays));
}

/** What is known of a candidate before its customer: kind and stage stand in the statement, so that both databases know their types. */
function constants({ kind, stage, waits }: Pick<DueSearch, 'kind' | 'stage' | 'waits'>): string {
	return `${quoted(kind)} as kind, ${stage} as stage, ${waits ? 1 : 0} as may_wait, 0 as waited`;
}

/** First stages, and those that do not follow on another: from the facts. */
function fresh(shopId: number, search: DueSearch, tables: DayTables, now: Instant): RawBuilder<unknown> {
	const source = factSource(shopId, search.fact);
	const { where, customer, since, cause } = source;
	const { sinceDays } = search.same;
	const day = sql.raw(since);
	const nearby = sinceDays ? sql`or known.since between ${daysAfter(day, sql.lit(-sinceDays))} and ${daysAfter(day, sql.lit(sinceDays))}` : NOTHING;
	const { from, dueOn, expiresOn: last, isSameDay } = tables.begin(search.when, source, search.same.dueDays);
	return sql`
		select ${sql.raw(`${customer} as customer_id, ${constants(search)}`)}, ${dueOn} as due_on, ${last} as expires_on, ${sql.raw(`${since} as since, ${cause} as cause`)}
		from ${from}
		where ${where}
			and not exists (select 1 from occasions as known
				where ${sql.raw(`known.customer_id = ${customer} and known.kind = ${quoted(search.kind)} and known.stage = ${search.stage}`)}
					and ${isSameDay} ${sinceDays === undefined ? NOTHING : sql`and (known.since is null or known.since = ${day} ${nearby})`})
			${search.unlessBooked ? sql`and not ${booked(customer, now)}` : NOTHING}`;
}

/**
 * Stages that follow on the one before: where that was sent some days ago, expired, or could not be sent on its channel. Where the customer came
 * back, booked, answered or refused, or a person of the shop held it back, the course has ended.
 */
function followUp(shopId: number, search: FollowUpSearch, tables: DayTables, now: Instant): RawBuilder<unknown> {
	const [kind, stage] = [quoted(search.kind), search.stage];
	const [customer, began] = ['before.customer_id', courseBegan('before')];
	const joins: FactSource['joins'] = (isDue) => sql`cross join occasions as before on before.shop_id = ${shopId} and ${sql.raw(`before.kind = ${kind} and before.stage = ${stage - 1}`)}
				and ${isDue('before.acted_on')}`;
	const { from, dueOn, expiresOn: last } = tables.begin(search.when, { joins, day: 'before.acted_on' });
	return sql`
		select ${sql.raw(`${customer} as customer_id, ${constants(search)}`)}, ${dueOn} as due_on, ${last} as expires_on, before.since, before.cause
		from ${from}
			left join messages as message on message.occasion_id = before.id
		where before.since is not null and before.state = 'settled'
			and case before.outcome
				when 'message' then case when message.state not in ('pending', 'approved', 'sending', 'uncertain', 'rejected') then 1 end
				when 'handed-over' then 1
				when 'blocked' then case when before.reason not in ('OBJECTED', 'SUBJECT_DECEASED', 'MINOR') then 1 end
				when 'dropped' then case when before.reason not in ('MERGED', 'ERASED') then 1 end end = 1
			and not exists (select 1 from message_history as sent
				where sent.message_id = message.id and sent.to_state = 'sent' and sent.at > ${plusMinutes(now, -DAYS_TO_ANSWER * 24 * 60)})
			and not exists (select 1 from occasions as later where ${sql.raw(`later.customer_id = ${customer} and later.kind = ${kind} and later.stage >= ${stage}`)}
				and later.since = before.since and later.due_on > before.due_on)
			and not ${cameBack(customer, began)} and not ${answered(customer, began)} and not ${booked(customer, now)}
			and not ${refused(customer, began, PURPOSE_OF_CLASS[search.class])}`;
}

/** Those who have waited for their turn. */
function waiting(shopId: number, { searches, followUps, expiresOn: expiries }: DuePlan, now: Instant): Array<RawBuilder<unknown>> {
	const kinds = [...new Set([...searches, ...followUps].filter(({ waits }) => waits).map(({ kind }) => kind))];
	if (kinds.length === 0) return [];
	const [customer, from] = ['held.customer_id', courseBegan('held')];
	const last = sql.join(kinds.map((kind) => sql`when ${sql.raw(quoted(kind))} then ${expiries[kind]}`), sql` `);
	const others = kinds.filter((kind) => !endsWithVisit(kind));
	return [sql`
		select held.customer_id, held.kind, held.stage, 1 as may_wait, 1 as waited, held.due_on, cast(case held.kind ${last} end as text) as expires_on, held.since, held.cause
		from occasions as held
		where held.shop_id = ${shopId} and held.kind in (${quotedList(kinds)}) and held.state = 'waiting'
			and ${others.length > 0 ? sql`(held.kind in (${quotedList(others)}) or ` : sql`(`}not ${cameBack(customer, from)} and not ${answered(customer, from)} and not ${booked(customer, now)})`];
}
