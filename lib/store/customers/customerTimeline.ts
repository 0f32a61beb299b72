import { sql } from 'kysely';
import type { TimelineEntry } from '../../domain/timeline';
import type { Store } from '../open';

/** Characters of a text that are read: more nobody reads in a list. */
const TEXT_READ = 400;

/**
 * Everything from and to a customer, newest first, a page of it, with the number of all entries; in one query. What happened under who was merged
 * into the customer is theirs too, save the consents, which were repeated in the kept one's chain.
 */
export async function customerTimeline({ db, shop }: Store, customerId: number, { limit, offset }: { limit: number; offset: number }): Promise<{ total: number; entries: TimelineEntry[] }> {
	const theirs = sql`customer_id in (select id from person)`;
	const beginning = (column: string) => sql`substr(${sql.ref(column)}, 1, ${sql.lit(TEXT_READ)})`;
	const { rows } = await sql<{ total: number; type: TimelineEntry['type'] | null; id: number; at: string; kind: string | null; details: string | null; state: string | null; text: string | null; who: string | null; link_id: number | null }>`
		with person as materialized (select id from customers where +shop_id = ${shop.id} and (id = ${customerId} or merged_into = ${customerId})),
		entry (type, id, at, kind, details, state, text, who, link_id) as (
			select 'message', messages.id, coalesce(messages.sent_on, messages.created_at), occasions.kind, messages.channel, messages.state, ${beginning('messages.subject')}, null, cast(null as integer)
				from messages join occasions on occasions.id = messages.occasion_id where messages.customer_id in (select id from person)
			union all select 'call', tried.id, tried.at, tried.outcome, null, null, ${beginning('tried.note')}, tried.who, tried.message_id
				from messages join call_tries as tried on tried.message_id = messages.id where messages.customer_id in (select id from person)
			union all select 'reply', id, at, channel, null, null, ${beginning('body')}, null, ticket_id from inbound_messages where ${theirs}
			union all select 'ticket', id, opened_at, kind, channel, state, ${beginning('note')}, closed_by, id from tickets where ${theirs}
			union all select 'survey', id, answered_at, cast(score as text), null, null, ${beginning('comment')}, null, null from survey_answers where ${theirs}
			union all select 'exam', id, taken_on, kind, null, null, null, examiner, null from exams where ${theirs}
			union all select 'purchase', id, coalesce(returned_on, delivered_on, ordered_on), kind, description, case when returned_on is not null then 'returned' end, null, null, null
				from equipment where coalesce(returned_on, delivered_on, ordered_on) is not null and ${theirs}
			union all select 'appointment', id, substr(starts_at, 1, 10), kind, null, status, null, null, null from appointments where ${theirs}
			union all select 'quote', id, made_on, status, description, null, null, null, null from quotes where ${theirs}
			union all select 'consent', id, captured_at, status, channel, purpose, null, operator, null from consents where customer_id = ${customerId} and +shop_id = ${shop.id}
			union all select 'merge', id, merged_at, null, cast(merged_id as text), null, null, who, null from merges where kept_id in (select id from person) and undone_at is null),
		page as (select * from entry order by at desc, type, id desc limit ${limit} offset ${offset})
		select counted.total, page.* from (select count(*) as total from entry) as counted left join page on true order by at desc, type, id desc`.execute(db);
	const entries = rows.flatMap(({ total: _, type, link_id: linkId, ...row }): TimelineEntry[] => {
		if (type === null) return [];
		const known = Object.fromEntries(Object.entries({ ...row, linkId }).filter(([, value]) => value !== null)) as Omit<TimelineEntry, 'type'>;
		return [{ type, ...known }];
	});
	return { total: Number(rows[0].total), entries };
}
