import { sql } from 'kysely';
import type { StoryEntry } from '../../domain/story';
import type { LocalDate } from '../../domain/time';
import type { Store } from '../open';

/** Of each sort. */
const LAST = 3;

/** The customer at a glance: the last few visits, purchases and contacts, newest first (of one day by sort, then the last recorded), in one query. Those of who was merged into them are theirs too. */
export async function customerStory({ db, shop }: Store, customerId: number, today: LocalDate): Promise<StoryEntry[]> {
	const own = sql`customer_id in (select id from person)`;
	const last = (what: string, query: ReturnType<typeof sql>) =>
		sql`select * from (select ${sql.lit(what)} as what, id, ${query} and ${own} order by day desc, id desc limit ${sql.lit(LAST)}) as ${sql.ref(what)}`;
	const { rows } = await sql<{ what: StoryEntry['what']; day: string; kind: string; details: string | null }>`
		with person as materialized (select id from customers where +shop_id = ${shop.id} and (id = ${customerId} or merged_into = ${customerId}))
		${sql.join([
			last('exam', sql`taken_on as day, kind, null as details from exams where taken_on <= ${today}`),
			last('purchase', sql`coalesce(delivered_on, ordered_on) as day, kind, description as details from equipment where returned_on is null and coalesce(delivered_on, ordered_on) <= ${today}`),
			last('appointment', sql`substr(starts_at, 1, 10) as day, kind, status as details from appointments where true`),
			last('quote', sql`made_on as day, kind, description as details from (select quotes.*, status as kind from quotes) as quotes where made_on <= ${today}`),
			last('message', sql`sent_on as day, kind, channel as details from (select messages.id, messages.customer_id, messages.sent_on, messages.channel, occasions.kind
				from messages join occasions on occasions.id = messages.occasion_id where messages.customer_id in (select id from person)
					and messages.state in ('sent', 'delivered', 'read')) as messages where sent_on is not null`),
			last('reply', sql`substr(at, 1, 10) as day, channel as kind, null as details from inbound_messages where true`),
		], sql` union all `)} order by day desc, what, id desc`.execute(db);
	return rows.map(({ what, day, kind, details }) => ({ what, day, kind, ...(details !== null && { details }) }));
}
