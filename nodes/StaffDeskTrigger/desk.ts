import { parseDeskAction, typedIn } from '../../lib/desk/action';
import { holdForm } from '../../lib/desk/login/held';
import { renderLogin } from '../../lib/desk/login/loginPage';
import { TooManyAtOnce } from '../../lib/desk/login/password';
import { csrfMatches } from '../../lib/desk/login/session';
import { deskAddress, parseDeskView, type DeskView, type Flash } from '../../lib/desk/view';
import { readForm, type Form } from '../../lib/web/form';
import { sameOrigin } from '../../lib/web/origin';
import { seeOther, type Answer } from '../../lib/web/page';
import type { WebRequest } from '../shared/web';
import { act } from './act';
import { loginFrame, problem, type Decision, type DeskContext, type DeskSetup, type StaffSession } from './context';
import { wantedWorkflow, workflowAnswer } from './importAddress';
import { showAccount } from './pages/account';
import { tooFast } from './rates';
import { logIn, logOut, sessionOf } from './sessions';
import { showView } from './show';

type DeskAnswer = { page: Answer; decision?: Decision; deed?: Deed };

/** What was done, as the log has it: to how many, and how many were left alone. Never who did it, or to whom. */
export interface Deed {
	action: string;
	count: number;
	left: number;
}


const SEE_OTHER = 303;

/** The page that answers a request, and what was decided with it. Only a POST changes anything. */
export async function answerDesk(setup: DeskSetup, request: WebRequest): Promise<DeskAnswer> {
	const nobody: DeskContext = { ...setup, language: setup.store.shop.language };
	const workflow = request.method === 'POST' ? undefined : wantedWorkflow(request.query);
	if (workflow !== undefined) return { page: importPage(nobody, request, workflow) };
	const session = await sessionOf(nobody, request);
	const desk: DeskContext = { ...nobody, language: session?.person.language ?? nobody.language };
	const waitSeconds = tooFast(desk, request, session);
	if (waitSeconds > 0) return { page: withHeader(problem(desk, 'tooFast'), 'Retry-After', String(waitSeconds)) };
	if (request.method === 'POST') return await post(desk, request, session).catch((error) => busy(desk, error));
	const wanted = parseDeskView(request.query);
	if (!session) return { page: renderLogin({ ...loginFrame(desk), wanted }) };
	if (mustChoose(session)) return { page: await showAccount(desk, session) };
	return { page: await showView(desk, session, wanted) };
}

/** Nobody need be logged in for it, and no session hears of it. */
function importPage(desk: DeskContext, request: WebRequest, workflow: string): Answer {
	const waitSeconds = tooFast(desk, request, undefined);
	if (waitSeconds > 0) return withHeader(problem(desk, 'tooFast'), 'Retry-After', String(waitSeconds));
	return workflowAnswer(workflow) ?? problem(desk, 'notFound');
}

async function post(desk: DeskContext, request: WebRequest, session: StaffSession | undefined): Promise<DeskAnswer> {
	if (!sameOrigin(request.headers, request.publicOrigin)) return { page: problem(desk, 'forbidden') };
	const form = readForm(request.body);
	const posted = parseDeskAction(form);
	if (!form || 'problem' in posted) return { page: problem(desk, 'badForm') };
	const { action, csrf, back } = posted;
	if (action.kind === 'login') {
		const page = await logIn(desk, request, action, form, back);
		return { page, deed: { action: 'login', count: page.status === SEE_OTHER ? 1 : 0, left: 0 } };
	}
	if (!session) return { page: loggedOut(desk, action.kind === 'logout' ? undefined : form, back) };
	if (!csrfMatches(session.token, csrf)) return { page: problem(desk, 'tooOld', typedIn(action)) };
	if (action.kind === 'logout') return { page: await logOut(desk, request, session) };
	if (mustChoose(session) && action.kind !== 'changePassword') return { page: await showAccount(desk, session) };
	const { page, flash, decision, go = back } = await act(desk, session, action, back);
	return { page: page ?? seeOther(deskAddress(withFlash(go, flash))), decision, deed: { action: action.kind, count: flash?.count ?? 0, left: flash?.left ?? 0 } };
}

/** The login page, which keeps what was asked for: after the login it goes on. */
function loggedOut(desk: DeskContext, form: Form | undefined, wanted: DeskView): Answer {
	return renderLogin({ ...loginFrame(desk), notice: form ? 'held' : 'expired', wanted, held: form && holdForm(form) });
}

/** Whoever came in with a password that the lead gave chooses one first. */
function mustChoose({ person }: StaffSession): boolean {
	return person.stored?.oneTimeUntil !== undefined;
}

/** More passwords to look at than this machine should; anything else is a failure of its own. */
function busy(desk: DeskContext, error: unknown): DeskAnswer {
	if (!(error instanceof TooManyAtOnce)) throw error;
	return { page: withHeader(problem(desk, 'busy'), 'Retry-After', '5') };
}

function withHeader<A extends Answer>(page: A, name: string, value: string): A {
	return { ...page, headers: { ...page.headers, [name]: value } };
}

function withFlash(view: DeskView, flash: Flash | undefined): DeskView {
	return 'place' in view ? { ...view, flash } : { view: 'today', place: { page: 1 }, flash };
}
