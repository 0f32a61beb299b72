import { sql } from 'kysely';
import type { Instant } from '../../domain/time';
import { DECIDED_BY_STAFF } from '../messageHistory';
import type { Store } from '../open';

/** What the staff did since an instant. */
export interface StaffFigures {
	/** Messages that they decided on, and those of them that were approved as they were. */
	decided: number;
	unchanged: number;
	/** Tickets that were opened and could have been seen to, and those of them that were. */
	tickets: number;
	answered: number;
}

/**
 * @param since the beginning of the step
 * @param ripe tickets opened after this instant have time yet
 */
export async function staffFigures({ db, shop }: Pick<Store, 'db' | 'shop'>, since: Instant, ripe: Instant): Promise<StaffFigures> {
	const { rows } = await sql<StaffFigures>`
		with decided as (
			select distinct decided.message_id as id, decided.to_state as choice from message_history as decided join messages as message on message.id = decided.message_id
			where message.shop_id = ${shop.id} and decided.at >= ${since} and ${DECIDED_BY_STAFF})
		select (select count(distinct id) from decided) as decided,
			(select count(distinct id) from decided where choice = 'approved' and not exists (select 1 from message_history as edit where edit.message_id = decided.id and edit.why = 'EDITED')
				and not exists (select 1 from decided as other where other.id = decided.id and other.choice = 'rejected')) as unchanged,
			(select count(*) from tickets where shop_id = ${shop.id} and opened_at >= ${since} and opened_at <= ${ripe}) as tickets,
			(select count(*) from tickets where shop_id = ${shop.id} and opened_at >= ${since} and opened_at <= ${ripe} and state <> 'open') as answered`.execute(db);
	const { decided, unchanged, tickets, answered } = rows[0];
	return { decided: Number(decided), unchanged: Number(unchanged), tickets: Number(tickets), answered: Number(answered) };
}
