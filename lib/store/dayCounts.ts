import { sql } from 'kysely';
import type { Instant, LocalDate } from '../domain/time';
import type { Store } from './open';

/** How much of the day's work waits, besides messages to approve. */
export interface DayCounts {
	tickets: number;
	/** Of them, those that somebody should see to today. */
	urgentTickets: number;
	/** Calls that may be made today, before the contact rules were asked. */
	calls: number;
	/** Calls that somebody has tried today already. */
	callsMade: number;
	/** Letters that are in no batch. */
	letters: number;
	/** Batches that are not in the postbox yet. */
	openBatches: number;
}

/**
 * Counts the day's work in one statement.
 * @param until the end of the day, `since` its beginning
 */
export async function dayCounts({ db, shop }: Pick<Store, 'db' | 'shop'>, { today, since, until }: { today: LocalDate; since: Instant; until: Instant }): Promise<DayCounts> {
	const approved = sql`from messages where shop_id = ${shop.id} and state = 'approved' and (expires_on is null or expires_on >= ${today})`;
	const open = sql`from tickets where shop_id = ${shop.id} and state = 'open'`;
	const { rows } = await sql<DayCounts>`
		select (select count(*) ${open}) as tickets, (select count(*) ${open} and urgent = 1) as "urgentTickets",
			(select count(*) ${approved} and channel = 'call' and (not_before is null or not_before < ${until})) as calls,
			(select count(distinct message_id) from call_tries where shop_id = ${shop.id} and at >= ${since}) as "callsMade",
			(select count(*) ${approved} and channel = 'letter' and not exists (select 1 from letters where letters.message_id = messages.id)) as letters,
			(select count(*) from letter_batches where shop_id = ${shop.id} and posted_at is null and exists (select 1 from letters where letters.batch_id = letter_batches.id)) as "openBatches"`.execute(db);
	return rows[0];
}
