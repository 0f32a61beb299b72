import { sql } from 'kysely';
import { ENDED_BY_VISIT } from '../../domain/occasionKinds';
import { plusDays, type Instant, type LocalDate } from '../../domain/time';
import { atMost, quotedList } from '../dialect';
import type { Database } from '../open';
import { answered, cameBack, courseBegan } from './stops';

/** How often an occasion is handed to a workflow before it counts as dropped by it. */
const CLAIMS_AT_MOST = 3;
/** No window is longer; keeps the search for expired messages short. Days. */
export const LONGEST_WINDOW_DAYS = 120;
/** What has waited longer for its turn is not written any more. Days. */
const LONGEST_WAIT_DAYS = 120;
const STOPS = sql`held.kind in (${quotedList(ENDED_BY_VISIT)})`;

/** Which occasions are taken back, and how they are leased again. */
export interface Retaking {
	kinds: readonly string[];
	limit: number;
	today: LocalDate;
	leasedUntil: Instant;
}

/**
 * Leases again what a workflow did not settle in time and what expired unapproved. Settles what was handed out too often, whose window closed
 * meanwhile, whose customer is gone or came back, and what waited too long, so that nothing stays open for ever. Returns the ids of what is leased again.
 */
export async function takeBack(transaction: Database, shopId: number, { kinds, limit, today, leasedUntil }: Retaking, now: Instant): Promise<number[]> {
	const names = quotedList(kinds);
	const [customer, from] = ['held.customer_id', courseBegan('held')];
	const { rows } = await sql<{ id: number; state: string }>`
		update occasions set
			state = case when back.ended is null then 'leased' else 'settled' end,
			outcome = case when back.ended is null then null when back.ended in ('CUSTOMER_GONE', 'CAME_BACK', 'ANSWERED') then 'stopped' else 'dropped' end,
			reason = back.ended,
			settled_at = case when back.ended is null then null else ${now} end,
			leased_until = case when back.ended is null then ${leasedUntil} else null end,
			acted_on = case when back.ended is null then ${today} else occasions.acted_on end,
			claims = case when back.ended is not null then occasions.claims when occasions.state = 'leased' then occasions.claims + 1 else 1 end
		from (select * from (select held.id, held.state, held.claims, held.expires_on, case
				when person.deceased = 1 or person.merged_into is not null or person.erased_at is not null then 'CUSTOMER_GONE'
				when ${STOPS} and ${cameBack(customer, from)} then 'CAME_BACK'
				when ${STOPS} and ${answered(customer, from)} then 'ANSWERED'
				when held.state = 'waiting' then case when held.due_on < ${plusDays(today, -LONGEST_WAIT_DAYS)} then 'WAITED_TOO_LONG' end
				when coalesce(held.expires_on, held.due_on) < ${today} then 'WINDOW_CLOSED'
				when held.state = 'leased' and held.claims >= ${CLAIMS_AT_MOST} then 'DROPPED_BY_WORKFLOW' end as ended
			from occasions as held cross join customers as person on person.id = held.customer_id
			where held.id in (
				select id from occasions where shop_id = ${shopId} and kind in (${names}) and state = 'leased' and leased_until <= ${now}
				union all select id from occasions where shop_id = ${shopId} and kind in (${names}) and state = 'waiting'
				union all select occasion.id from messages as message cross join occasions as occasion on occasion.id = message.occasion_id
					where message.shop_id = ${shopId} and message.state = 'expired' and message.expires_on < ${today}
						and message.expires_on >= ${plusDays(today, -LONGEST_WINDOW_DAYS)} and occasion.kind in (${names})
						and occasion.state = 'settled' and occasion.outcome = 'message' and occasion.expires_on >= ${today})) as found
			where state <> 'waiting' or ended is not null
			order by expires_on, id ${atMost(limit)}) as back
		where occasions.id = back.id and occasions.state = back.state and occasions.claims = back.claims
		returning occasions.id, occasions.state`.execute(transaction);
	return rows.filter(({ state }) => state === 'leased').map(({ id }) => id);
}
