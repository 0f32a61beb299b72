import { planDay } from '../../../lib/desk/today/dayPlan';
import { renderToday } from '../../../lib/desk/today/todayPage';
import { shopToday } from '../../../lib/domain/shop';
import { plusMinutes } from '../../../lib/domain/time';
import { listAlerts } from '../../../lib/store/alerts';
import { messagesInState } from '../../../lib/store/review';
import { reviewCases } from '../../../lib/store/reviewCases';
import type { Page } from '../../../lib/web/page';
import { dayWork } from '../../shared/dayWork';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { toDeskMessage } from '../deskMessage';
import { frameOf } from '../frame';
import { toDeskCase } from '../reviewed';

/** Uncertain messages that are shown; the rest is only counted. */
const UNCERTAIN_SHOWN = 10;
/** The same for cases that a person must judge. */
const CASES_SHOWN = 10;

/** What was over so long ago and nobody has seen is not shown any more: a week. */
const ALERT_MINUTES = 7 * 24 * 60;

/** Today: what waits for a person. */
export async function showToday(desk: DeskContext, session: StaffSession, view: ShownView): Promise<Page> {
	const { store, now, settings } = desk;
	const today = shopToday(store.shop, now);
	const unclear = await messagesInState(store, 'uncertain', { today, limit: UNCERTAIN_SHOWN, offset: 0 });
	const review = await reviewCases(store, CASES_SHOWN);
	const day = await dayWork(store, now);
	const { pending, approved, uncertain, failed, sentSince } = day;
	const alerts = await listAlerts(store, plusMinutes(now, -ALERT_MINUTES));
	const waiting = { uncertain, ticket: day.tickets, call: day.calls, approval: pending, letter: day.letters, review: review.total };
	return renderToday({
		...frameOf(desk, session, view, 'today'),
		tasks: planDay({ counts: waiting, callsPerDay: settings.calls.perDay, callsMade: day.callsMade }, settings.minutes),
		urgentTickets: day.urgentTickets,
		callsPerDay: settings.calls.perDay,
		openBatches: day.openBatches,
		// What is over and was seen is done with.
		alerts: alerts.filter(({ until: over, seenBy }) => over === undefined || seenBy === undefined),
		uncertain: unclear.messages.map((message) => ({ ...toDeskMessage(message), since: message.updatedAt })),
		review: review.cases.map((one) => toDeskCase(one, store.shop)),
		counts: { pending, approved, sentToday: sentSince, failed, uncertain, review: review.total },
	});
}
