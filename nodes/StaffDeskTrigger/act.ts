import type { DeskAction } from '../../lib/desk/action';
import type { DeskView } from '../../lib/desk/view';
import { actOnMessages } from './acts/messages';
import type { DeskContext, Done, StaffSession } from './context';

/** Does what a member of staff who is logged in has asked for. */
export async function act(desk: DeskContext, session: StaffSession, action: Exclude<DeskAction, { kind: 'login' | 'logout' }>, back: DeskView): Promise<Done> {
	return await actOnMessages(desk, session, action, back);
}
