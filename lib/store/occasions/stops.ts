import { sql, type RawBuilder } from 'kysely';
import type { Purpose } from '../../domain/glossary';

/*
 * Conditions that end or hold up a course of contacts. `customer` and `from` are expressions: whom, and the day from which on it counts. Written as text: a search
 * has dozens of them, and builders for each of their columns would take longer than the search.
 */

/**
 * The day on which the course of an occasion was entered: from then on the customer was waited for. A visit may become known days after it, when
 * a later contact was handed out already, so the day of that one is too late. With the first contact the course itself was entered.
 * @param occasion name of the row in the query
 */
export function courseBegan(occasion: string): string {
	return `case when ${occasion}.stage = 1 then substr(${occasion}.created_at, 1, 10) else coalesce((select max(substr(first.created_at, 1, 10)) from occasions as first where first.customer_id = ${occasion}.customer_id and first.kind = ${occasion}.kind
		and first.stage = 1 and first.since is not distinct from ${occasion}.since and first.id <= ${occasion}.id), substr(${occasion}.created_at, 1, 10)) end`;
}

/** Was in the shop. */
export function cameBack(customer: string, from: string): RawBuilder<unknown> {
	return sql.raw(`exists (select 1 from visit_rhythms as visited where visited.customer_id = ${customer} and visited.last_visit_on >= ${from})`);
}

/** Answered, whatever was said. */
export function answered(customer: string, from: string): RawBuilder<unknown> {
	return sql.raw(`exists (select 1 from customer_answers as said where said.customer_id = ${customer} and said.answered_on >= ${from})`);
}

/** Said no, to this purpose or to everything. A service is refused by its own name only. */
export function refused(customer: string, from: string, purpose: Purpose): RawBuilder<unknown> {
	const refusedPurposes = purpose === 'service' ? `'service'` : `'${purpose}', 'any'`;
	return sql.raw(`exists (select 1 from consents as refusal where refusal.customer_id = ${customer} and refusal.recorded_at >= ${from}
		and refusal.status in ('withdrawn', 'objected', 'denied') and refusal.purpose in (${refusedPurposes}))`);
}

/** Has an appointment that is still to come. */
export function booked(customer: string, now: string): RawBuilder<unknown> {
	return sql`exists (select 1 from appointments as ahead where ahead.customer_id = ${sql.raw(customer)} and ahead.starts_at >= ${now} and ahead.status = 'booked')`;
}
