import type { DeskAction } from '../../lib/desk/action';
import { isCustomerAction } from '../../lib/desk/customer/action';
import type { DeskView } from '../../lib/desk/view';
import { isWhoAction } from '../../lib/desk/who/action';
import { actOnApproving, isApproveAction } from './acts/approve';
import { markAlertSeen } from '../../lib/store/alerts';
import { actOnCalls } from './acts/calls';
import { actOnCustomers } from './acts/customer';
import { actOnLetters } from './acts/letters';
import { actOnMessages } from './acts/messages';
import { actOnPhone } from './acts/phone';
import { actOnResults } from './acts/results';
import { actOnRollout } from './acts/rollout';
import { actOnTickets } from './acts/tickets';
import { actOnAccounts } from './acts/who';
import { LEFT_ALONE, type DeskContext, type Done, type StaffSession } from './context';

/** Does what a member of staff who is logged in has asked for. */
export async function act(desk: DeskContext, session: StaffSession, action: Exclude<DeskAction, { kind: 'login' | 'logout' }>, back: DeskView): Promise<Done> {
	if (isWhoAction(action)) return await actOnAccounts(desk, session, action);
	if (isCustomerAction(action)) return await actOnCustomers(desk, session, action);
	if (isApproveAction(action)) return await actOnApproving(desk, session, action, back);
	switch (action.kind) {
		case 'alertSeen':
			return { flash: (await markAlertSeen(desk.store, action.id, session.staff, desk.now)) ? { code: 'alertSeen', count: 1 } : LEFT_ALONE };
		case 'takeCall':
		case 'releaseCall':
		case 'recordCall':
			return await actOnCalls(desk, session, action);
		case 'makeBatch':
		case 'batchPrinted':
		case 'batchPosted':
		case 'takeOutLetter':
		case 'rejectLetter':
			return await actOnLetters(desk, session, action);
		case 'answerTicket':
		case 'closeTicket':
		case 'assignTicket':
			return await actOnTickets(desk, session, action, back);
		case 'openStep':
		case 'fallBack':
		case 'resumeCampaign':
			return await actOnRollout(desk, session, action);
		case 'phoneConnect':
		case 'phoneCode':
		case 'phoneResume':
		case 'phoneUnlink':
			return await actOnPhone(desk, session, action);
		case 'setGoal':
		case 'endGoal':
			return await actOnResults(desk, session, action);
		default:
			return await actOnMessages(desk, session, action, back);
	}
}
