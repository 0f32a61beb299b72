import type { DeskAction } from '../../lib/desk/action';
import type { DeskView } from '../../lib/desk/view';
import { actOnApproving, isApproveAction } from './acts/approve';
import { actOnMessages } from './acts/messages';
import { actOnRollout } from './acts/rollout';
import type { DeskContext, Done, StaffSession } from './context';

/** Does what a member of staff who is logged in has asked for. */
export async function act(desk: DeskContext, session: StaffSession, action: Exclude<DeskAction, { kind: 'login' | 'logout' }>, back: DeskView): Promise<Done> {
	if (action.kind === 'openStep' || action.kind === 'fallBack' || action.kind === 'resumeCampaign') return await actOnRollout(desk, session, action);
	if (isApproveAction(action)) return await actOnApproving(desk, session, action, back);
	return await actOnMessages(desk, session, action, back);
}
