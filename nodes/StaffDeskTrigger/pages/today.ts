import { renderToday } from '../../../lib/desk/todayPage';
import { shopToday } from '../../../lib/domain/shop';
import { startOfLocalDay } from '../../../lib/domain/time';
import { messageCounts, messagesInState, pendingKinds } from '../../../lib/store/review';
import { reviewCases } from '../../../lib/store/reviewCases';
import type { Page } from '../../../lib/web/page';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { toDeskMessage } from '../deskMessage';
import { frameOf } from '../frame';
import { toDeskCase } from '../reviewed';

/** Uncertain messages that are shown; the rest is only counted. */
const UNCERTAIN_SHOWN = 10;
/** The same for cases that a person must judge. */
const CASES_SHOWN = 10;

/** Today: what waits for a person. */
export async function showToday(desk: DeskContext, session: StaffSession, view: ShownView): Promise<Page> {
	const { store, now } = desk;
	const today = shopToday(store.shop, now);
	const uncertain = await messagesInState(store, 'uncertain', { today, limit: UNCERTAIN_SHOWN, offset: 0 });
	const review = await reviewCases(store, CASES_SHOWN);
	const kinds = await pendingKinds(store, today);
	const { states, sentSince } = await messageCounts(store, startOfLocalDay(now, store.shop.timeZone));
	return renderToday({
		...frameOf(desk, session, view, 'today'),
		uncertain: uncertain.messages.map((message) => ({ ...toDeskMessage(message), since: message.updatedAt })),
		review: review.cases.map((one) => toDeskCase(one, store.shop)),
		counts: {
			pending: kinds.reduce((sum, kind) => sum + kind.pending, 0),
			approved: states.approved ?? 0,
			sentToday: sentSince,
			failed: states.failed ?? 0,
			uncertain: states.uncertain ?? 0,
			review: review.total,
		},
	});
}
