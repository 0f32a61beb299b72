import { sql } from 'kysely';
import { ENDED_BY_VISIT } from '../../domain/occasionKinds';
import { plusDays, type Instant, type LocalDate } from '../../domain/time';
import { quotedList } from '../dialect';
import type { Store } from '../open';
import { textSet } from '../sets';
import { LONGEST_WINDOW_DAYS } from './takeBack';

/** What a search for who is due may find to do beside it. */
export interface OpenWork {
	/** Messages may have to end. */
	ends: boolean;
	/** Occasions may have to be taken back. */
	takesBack: boolean;
}

/**
 * Whether `endMessages` and `takeBack` could find anything, in one statement of two tables. Theirs ask for visits, answers and stages of a course, and only to make a plan for them takes a
 * server longer than all the rest; mostly there is nothing. It says yes rather than no: what it does not see is seen by the next search.
 */
export async function openWork({ db, shop }: Pick<Store, 'db' | 'shop'>, kinds: readonly string[], today: LocalDate, now: Instant): Promise<OpenWork> {
	const ofShop = (table: string) => sql`${sql.ref(`${table}.shop_id`)} = ${shop.id}`;
	const { rows } = await sql<{ ends: number; held: number; expired: number }>`
		select
			(select count(*) from (select 1 from messages as message where ${ofShop('message')} and message.state in ('pending', 'approved')
				and (message.expires_on < ${today} or message.kind in (${quotedList(ENDED_BY_VISIT)})) limit 1) as one) as ends,
			(select count(*) from (select 1 from occasions as held where ${ofShop('held')} and held.kind in ${textSet(kinds)} and held.state = 'leased' and held.leased_until <= ${now} limit 1) as one)
				+ (select count(*) from (select 1 from occasions as held where ${ofShop('held')} and held.kind in ${textSet(kinds)} and held.state = 'waiting' limit 1) as one) as held,
			(select count(*) from (select 1 from messages as message cross join occasions as occasion on occasion.id = message.occasion_id
				where ${ofShop('message')} and message.state = 'expired' and message.expires_on < ${today} and message.expires_on >= ${plusDays(today, -LONGEST_WINDOW_DAYS)}
					and occasion.state = 'settled' and occasion.outcome = 'message' and occasion.expires_on >= ${today} limit 1) as one) as expired`.execute(db);
	const [{ ends, held, expired }] = rows;
	return { ends: ends > 0, takesBack: held + expired > 0 };
}
