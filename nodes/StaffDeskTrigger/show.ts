import type { DeskView, ListPage, ThingPage } from '../../lib/desk/view';
import type { Answer } from '../../lib/web/page';
import { problem, type DeskContext, type ShownThing, type ShownView, type StaffSession } from './context';
import { showAccount } from './pages/account';
import { showAccounts } from './pages/accounts';
import { showApprove } from './pages/approve';
import { showChannels } from './pages/channels';
import { showHealth } from './pages/health';
import { showMessage, showPreview } from './pages/message';
import { showResults } from './pages/results';
import { showRollout } from './pages/rollout';
import { showSample } from './pages/sample';
import { showTexts } from './pages/texts';
import { showCall, showCallEntry } from './pages/call';
import { showCustomer } from './pages/customer';
import { showCustomers } from './pages/customers';
import { showCalls } from './pages/calls';
import { showBatch, showBatchCsv, showBatchPdf, showLetters } from './pages/letters';
import { showTicket, showTickets } from './pages/tickets';
import { showPhone } from './pages/phone';
import { showToday } from './pages/today';
import { showWorkflows } from './pages/workflows';

const LISTS: Record<ListPage, (desk: DeskContext, session: StaffSession, view: ShownView) => Promise<Answer>> = {
	today: showToday,
	approve: showApprove,
	results: showResults,
	rollout: showRollout,
	health: showHealth,
	phone: async (desk, session, view) => await showPhone(desk, session, view),
	workflows: showWorkflows,
	sample: showSample,
	texts: showTexts,
	calls: showCalls,
	letters: showLetters,
	tickets: showTickets,
	customers: showCustomers,
	accounts: showAccounts,
	account: showAccount,
};

const THINGS: Record<ThingPage, (desk: DeskContext, session: StaffSession, view: ShownThing) => Promise<Answer>> = {
	message: showMessage,
	preview: showPreview,
	channels: showChannels,
	call: showCall,
	callEntry: showCallEntry,
	batch: showBatch,
	batchPdf: showBatchPdf,
	batchCsv: showBatchCsv,
	ticket: showTicket,
	customer: showCustomer,
};

/** What only a lead may open. */
const LEAD_ONLY: readonly string[] = ['texts', 'rollout', 'workflows', 'results', 'phone', 'health', 'accounts'];

/** The page of a view, for a member of staff who is logged in. Changes nothing. */
export async function showView(desk: DeskContext, session: StaffSession, view: DeskView): Promise<Answer> {
	if (view.view === 'unknown') return problem(desk, 'notFound');
	if (LEAD_ONLY.includes(view.view) && session.role !== 'lead') return problem(desk, 'leadOnly');
	return 'id' in view ? await THINGS[view.view](desk, session, view) : await LISTS[view.view](desk, session, view);
}
