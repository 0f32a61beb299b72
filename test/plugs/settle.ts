import { sql } from 'kysely';
import { plusMinutes, type Instant } from '../../lib/domain/time';
import { shopToday } from '../../lib/domain/shop';
import { approveMessages, resolveUncertain } from '../../lib/store/approval';
import { openStore, type Store } from '../../lib/store/open';
import { listPending, listUncertain } from '../../demo/timemachine/openMessages';
import type { Booking } from './books/books';
import { CAMPAIGNS } from './people';
import { invite, plan, send, type Place } from './work';

/** Longer than any lease, also one that was taken when the clock was an hour ahead. Minutes. */
const ROUND = 70;
/** Rounds after which all has come to rest, or never will. */
const ROUNDS_AT_MOST = 40;
const STAFF = 'marco';

/** How a shop came to rest after a run. */
export interface Settled {
	now: Instant;
	/** Messages of which nobody knew whether they left. */
	uncertain: number;
	rounds: number;
}

/** Everything works again: the workflows run, hour after hour, until nothing is under way any more, and the staff find out what became of the uncertain ones. */
export async function settle(place: Place, from: Instant, bookings: () => readonly Booking[]): Promise<Settled> {
	let now = from;
	const later: Place = { ...place, clock: () => now, told: () => undefined };
	let rounds = 0;
	for (let isAtRest = false; !isAtRest && rounds < ROUNDS_AT_MOST; rounds++) {
		now = plusMinutes(now, ROUND);
		await send(later);
		await plan(later);
		const store = await openStore(place.settings);
		if (rounds === 0) for (const one of CAMPAIGNS) await invite(store, one, later);
		await approveMessages(store, await listPending(store), STAFF, shopToday(store.shop, now), now);
		await send(later);
		isAtRest = rounds >= 1 && (await underWay(store, now)) === 0;
	}
	const store = await openStore(place.settings);
	const uncertain = await listUncertain(store);
	const booked = new Set(bookings().map(({ messageId }) => messageId));
	for (const id of uncertain) await resolveUncertain(store, id, booked.has(id), STAFF, now);
	return { now, uncertain: uncertain.length, rounds };
}

/** How much is on its way, could leave, or was handed out and left lying. */
async function underWay({ db, shop }: Store, now: Instant): Promise<number> {
	const { rows } = await sql<{ open: number }>`
		select (select count(*) from messages where shop_id = ${shop.id} and (state in ('sending', 'pending') or (state = 'approved' and (not_before is null or not_before <= ${now}))))
			+ (select count(*) from occasions where shop_id = ${shop.id} and state = 'leased' and leased_until <= ${now}) as open`.execute(db);
	return rows[0].open;
}
