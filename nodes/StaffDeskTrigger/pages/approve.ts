import { renderApprove } from '../../../lib/desk/approvePage';
import { PAGE_SIZE } from '../../../lib/desk/state';
import { messagesInState, pendingKinds } from '../../../lib/store/review';
import type { Page } from '../../../lib/web/page';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { toDeskMessage } from '../deskMessage';
import { frameOf } from '../frame';

/** The messages that wait for a yes. */
export async function showApprove(desk: DeskContext, session: StaffSession, view: ShownView): Promise<Page> {
	const { place } = view;
	const frame = frameOf(desk, session, view, 'approve');
	const { total, messages } = await messagesInState(desk.store, 'pending', { today: frame.today, kind: place.kind, limit: PAGE_SIZE, offset: (place.page - 1) * PAGE_SIZE });
	const kinds = await pendingKinds(desk.store, frame.today);
	return renderApprove({ ...frame, place, total, messages: messages.map(toDeskMessage), kinds });
}
