import { sql, type RawBuilder } from 'kysely';
import type { DueFact, ExamIntervals } from '../../domain/dueSearch';
import { atMost } from '../dialect';

/** How the people of a fact are found: each query goes from the few days (`day`) to the records of those days by an index. */
export interface FactSource {
	/** What follows `from span` or `from day`: joins, each with its condition; `isDue` is the condition for the column with the day of the fact. */
	joins(isDue: (column: string) => RawBuilder<unknown>): RawBuilder<unknown>;
	/** The column with the day of the fact. */
	day: string;
	where: RawBuilder<unknown>;
	customer: string;
	/** The day of the fact; null where it must not be kept. */
	since: string;
	/** Why this one, in a code. */
	cause: string;
}

const NOTHING = 'cast(null as text)';

/** The last delivery of its like that was not returned; `like` is a condition on `later`. */
const lastDelivery = (like: string) => `pair.returned_on is null and not exists (select 1 from equipment as later
	where later.customer_id = pair.customer_id and later.delivered_on >= pair.delivered_on and later.returned_on is null and ${like}
		and (later.delivered_on > pair.delivered_on or later.id < pair.id))`;

const LAST_PROGRESSIVE = sql.raw(`pair.lens_type = 'progressive' and ${lastDelivery(`later.lens_type = 'progressive'`)}`);
const WEARS_FIRST = `coalesce(pair.first_progressive, case when exists (select 1 from equipment as earlier
	where earlier.customer_id = pair.customer_id and earlier.delivered_on < pair.delivered_on and earlier.lens_type = 'progressive'
		and earlier.returned_on is null) then 0 else 1 end) = 1`;
const SAID_FINE = `exists (select 1 from customer_answers as said where said.customer_id = pair.customer_id
	and said.answered_on >= pair.delivered_on and said.kind = 'progressive' and said.answer = 'fine')`;
const FIRST_CAUSE = `case when ${WEARS_FIRST} then 'first-time' end`;

/** The source of a fact for the shop with this id. */
export function factSource(shopId: number, fact: DueFact): FactSource {
	const ofShop = (table: string) => sql`${sql.raw(table)}.shop_id = ${shopId}`;
	switch (fact.of) {
		case 'birthday':
			return {
				joins: (isDue) => sql`cross join customers as customer on ${ofShop('customer')} and ${isDue('customer.birth_md')}`,
				day: 'customer.birth_md',
				where: sql`customer.birth_date >= day.low and customer.birth_date < day.high ${ROUND[fact.round]}`,
				customer: 'customer.id', since: NOTHING, cause: NOTHING,
			};
		case 'exam':
			return {
				...lastOf(shopId, 'exam_on', (isDue) => sql`${isDue} cross join customers as customer on customer.id = last.customer_id`),
				where: sql`last.next_exam_on is null and span.grp = ${intervalOf(fact)}`, cause: "'interval'",
			};
		case 'examByHand':
			return { ...lastOf(shopId, 'next_exam_on'), since: 'last.exam_on', cause: "'by-hand'" };
		case 'lastExam':
			return lastOf(shopId, 'exam_on');
		case 'delivery':
			return lastOf(shopId, 'spectacles_on');
		case 'supplyEnd':
			return {
				joins: (isDue) => sql`cross join equipment as pair on ${ofShop('pair')} and ${isDue('pair.supply_ends_on')}`,
				day: 'pair.supply_ends_on',
				// A later sale of which nobody knows how long it lasts may last for ever.
				where: sql`pair.kind = 'contact-lenses' and pair.returned_on is null and not exists (select 1 from equipment as other
					where other.customer_id = pair.customer_id and other.kind = 'contact-lenses' and other.returned_on is null and other.id <> pair.id
						and (other.supply_ends_on > pair.supply_ends_on or (other.supply_ends_on = pair.supply_ends_on and other.id < pair.id)
							or (other.supply_ends_on is null and coalesce(other.delivered_on, other.ordered_on) > coalesce(pair.delivered_on, pair.ordered_on))))`,
				customer: 'pair.customer_id', since: 'coalesce(pair.delivered_on, pair.ordered_on)', cause: NOTHING,
			};
		case 'lastVisit':
			return {
				joins: (isDue) => sql`cross join visit_rhythms as visitor on ${ofShop('visitor')} and visitor.rhythm_months = span.grp and ${isDue('visitor.last_visit_on')}`,
				day: 'visitor.last_visit_on',
				where: sql`true`, customer: 'visitor.customer_id', since: 'visitor.last_visit_on', cause: "case when span.grp = 0 then 'fixed' else 'rhythm' end",
			};
		case 'orderReady':
			return {
				joins: (isDue) => sql`cross join equipment as pair on ${ofShop('pair')} and ${isDue('pair.ready_on')} and pair.ready_on is not null and pair.delivered_on is null`,
				day: 'pair.ready_on',
				where: sql`pair.returned_on is null`, customer: 'pair.customer_id', since: 'pair.ready_on', cause: NOTHING,
			};
		case 'appointment':
			return {
				joins: () => sql`cross join appointments as visit on ${ofShop('visit')} and visit.status = ${sql.lit(fact.status)} and visit.starts_at >= day.low and visit.starts_at < day.high`,
				day: 'day.fact_on',
				where: sql`true`, customer: 'visit.customer_id', since: 'day.fact_on', cause: NOTHING,
			};
		case 'openQuote':
			return {
				joins: (isDue) => sql`cross join quotes as quote on ${ofShop('quote')} and quote.status = 'open' and ${isDue('quote.made_on')}`,
				day: 'quote.made_on',
				where: sql`(quote.valid_until is null or quote.valid_until >= ${fact.today})`,
				customer: 'quote.customer_id', since: 'quote.made_on', cause: NOTHING,
			};
		case 'entered':
			return {
				joins: (isDue) => sql`cross join customers as customer on ${ofShop('customer')} and ${isDue('customer.entered_on')}`,
				day: 'customer.entered_on',
				where: sql`(select count(*) from (select 1 from customers as beside where ${ofShop('beside')} and beside.entered_on = customer.entered_on ${atMost(fact.most + 1)}) as entered) <= ${fact.most}`,
				customer: 'customer.id', since: 'customer.entered_on', cause: NOTHING,
			};
		case 'progressive':
			return {
				joins: (isDue) => sql`cross join equipment as pair on ${ofShop('pair')} and ${isDue('pair.delivered_on')}`,
				day: 'pair.delivered_on',
				where: sql`${LAST_PROGRESSIVE} ${WHOM[fact.whom]}`, customer: 'pair.customer_id', since: 'pair.delivered_on', cause: FIRST_CAUSE,
			};
		case 'wrongAnswer':
			return {
				joins: (isDue) => sql`cross join customer_answers as answer on ${ofShop('answer')} and answer.kind = 'progressive' and answer.answer = 'wrong' and ${isDue('answer.answered_on')}
					cross join equipment as pair on pair.customer_id = answer.customer_id and pair.delivered_on <= answer.answered_on`,
				day: 'answer.answered_on',
				where: LAST_PROGRESSIVE, customer: 'pair.customer_id', since: 'pair.delivered_on', cause: "'answered-wrong'",
			};
		case 'ownDate':
			return {
				joins: (isDue) => sql`cross join own_dates as own on ${ofShop('own')} and own.name = ${fact.name} and ${isDue('own.day')}`,
				day: 'own.day',
				where: sql`true`, customer: 'own.customer_id', since: 'own.day', cause: NOTHING,
			};
	}
}

/** The last of its like, which stands with the rhythm of the customer's visits. */
function lastOf(shopId: number, column: 'exam_on' | 'next_exam_on' | 'spectacles_on', more = (found: RawBuilder<unknown>) => found): FactSource {
	const day = `last.${column}`;
	return {
		joins: (isDue) => more(sql`cross join visit_rhythms as last on last.shop_id = ${shopId} and ${isDue(day)}`),
		day, where: sql`true`, customer: 'last.customer_id', since: day, cause: NOTHING,
	};
}

/** A round birthday ends in the digit of the year. */
const ROUND = {
	all: sql``,
	only: sql`and substr(customer.birth_date, 4, 1) = substr(day.due_on, 4, 1)`,
	except: sql`and substr(customer.birth_date, 4, 1) <> substr(day.due_on, 4, 1)`,
};

const WHOM = { everybody: sql.raw(''), firstTime: sql.raw(`and ${WEARS_FIRST} and not ${SAID_FINE}`), notFine: sql.raw(`and not ${SAID_FINE}`) };

/**
 * The interval by the age at the exam, without a birth date an adult's; who wears contact lenses is asked only where it makes a difference.
 * Compared as text, the same day of an earlier year tells the age as `ageOn` does.
 */
function intervalOf({ intervals, lensesIntervals, adultAge, seniorAge, lensesSince }: Extract<DueFact, { of: 'exam' }>): RawBuilder<unknown> {
	const yearsBefore = (years: number) => sql`(cast(substr(last.exam_on, 1, 4) as integer) - ${sql.lit(years)}) || substr(last.exam_on, 5)`;
	const wearsLenses = sql`exists (select 1 from equipment as lenses where lenses.customer_id = last.customer_id and lenses.kind = 'contact-lenses'
		and lenses.returned_on is null and coalesce(lenses.delivered_on, lenses.ordered_on) >= ${lensesSince})`;
	const months = (age: keyof ExamIntervals) => {
		const [usual, wearer] = [sql.lit(intervals[age]), sql.lit(lensesIntervals[age])];
		return intervals[age] === lensesIntervals[age] ? usual : sql`case when ${wearsLenses} then ${wearer} else ${usual} end`;
	};
	return sql`case when customer.birth_date > ${yearsBefore(adultAge)} then ${months('minor')}
		when customer.birth_date <= ${yearsBefore(seniorAge)} then ${months('senior')} else ${months('adult')} end`;
}
