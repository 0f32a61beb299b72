import { renderCalls } from '../../../lib/desk/calls/callsPage';
import type { CallRefusal, DeskCall } from '../../../lib/desk/calls/state';
import { promiseOf } from '../../../lib/calls/order';
import type { Page } from '../../../lib/web/page';
import { callsToday, type ListedCall } from '../../shared/calls';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { frameOf } from '../frame';
import { occasionOf } from '../occasion';
import { customerNameOf } from '../customerName';

/** Today's calls. Only a look: nobody takes one by it. */
export async function showCalls(desk: DeskContext, session: StaffSession, view: ShownView, refusal?: CallRefusal): Promise<Page> {
	const { calls, madeToday, tomorrow, blocked } = await callsToday(desk.store, desk.settings.calls, desk.now);
	const page = renderCalls({
		...frameOf(desk, session, view, 'calls'),
		calls: calls.map((call) => toDeskCall(call, session.staff)),
		perDay: desk.settings.calls.perDay,
		madeToday,
		tomorrow,
		blocked: [...Map.groupBy(blocked, ({ why }) => why)].map(([why, { length }]) => ({ why, count: length })),
		refusal,
	});
	return refusal ? { ...page, status: 409 } : page;
}

/** A call as the list shows it to a member of staff. */
function toDeskCall(call: ListedCall, staff: string): DeskCall {
	const { messageId, firstName, lastName, callableFrom, cause, bestParts, expiresOn, takenBy, tries } = call;
	const [promisedAt, lastTry] = [promiseOf(tries), tries.at(-1)];
	return {
		id: messageId,
		customerName: customerNameOf({ firstName, lastName }),
		occasion: occasionOf(call),
		...(callableFrom && { callableFrom }),
		...(promisedAt && { promisedAt }),
		...(cause === 'answered-wrong' && { isComplaint: true }),
		bestParts,
		...(expiresOn && { expiresOn }),
		...(takenBy !== undefined && (takenBy === staff ? { isMine: true } : { takenBy })),
		tries: tries.length,
		...(lastTry && { lastTry: { at: lastTry.at, outcome: lastTry.outcome } }),
	};
}
