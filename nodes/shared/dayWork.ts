import { shopToday } from '../../lib/domain/shop';
import { localDate, localDayBounds, type Instant } from '../../lib/domain/time';
import { pendingCount } from '../../lib/store/approve/pending';
import { dayCounts, type DayCounts } from '../../lib/store/dayCounts';
import type { Store } from '../../lib/store/open';
import { messageCounts, type MessageCounts } from '../../lib/store/review';

/** What waits for a person today, counted, and how the messages of the shop stand. */
export interface DayWork extends DayCounts, MessageCounts {
	/** Messages that wait for a yes. */
	pending: number;
}

/** Counts the day's work in three statements. The day is that of the clock, what waits that of the shop's today. */
export async function dayWork(store: Store, now: Instant): Promise<DayWork> {
	const { timeZone } = store.shop;
	const today = shopToday(store.shop, now);
	const { from: since, to: until } = localDayBounds(localDate(now, timeZone), timeZone);
	const counts = await messageCounts(store, since);
	return { ...counts, ...(await dayCounts(store, { today, since, until })), pending: await pendingCount(store, today) };
}
