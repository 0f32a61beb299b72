import { parseDeskAction, typedIn } from '../../lib/desk/action';
import { nameKey } from '../../lib/desk/login';
import { renderLogin } from '../../lib/desk/loginPage';
import { csrfMatches, sessionHash } from '../../lib/desk/session';
import { deskAddress, parseDeskView, type DeskView, type Flash } from '../../lib/desk/view';
import { readCookie } from '../../lib/web/cookies';
import { readForm } from '../../lib/web/form';
import { sameOrigin } from '../../lib/web/origin';
import { seeOther, type Answer } from '../../lib/web/page';
import { deskSessionStaff } from '../../lib/store/deskAccess';
import type { WebRequest } from '../shared/web';
import { act } from './act';
import { loginFrame, problem, type Decision, type DeskContext, type StaffSession } from './context';
import { logIn, logOut, SESSION_COOKIE } from './sessions';
import { showView } from './show';

/** The page that answers a request, and what was decided with it. Only a POST changes anything. */
export async function answerDesk(desk: DeskContext, request: WebRequest): Promise<{ page: Answer; decision?: Decision }> {
	const token = readCookie(request.headers.cookie as string | undefined, SESSION_COOKIE);
	const staff = token && (await deskSessionStaff(desk.store, sessionHash(token), desk.now));
	// Whose account is taken away is out at once, not at the end of the session.
	const account = staff ? desk.accounts.find(({ user }) => nameKey(user) === nameKey(staff)) : undefined;
	const session = token && staff && account ? { token, staff, role: account.role } : undefined;
	if (request.method === 'POST') return await post(desk, request, session);
	const wanted = parseDeskView(request.query);
	if (!session) return { page: renderLogin({ ...loginFrame(desk), wanted }) };
	return { page: await showView(desk, session, wanted) };
}

async function post(desk: DeskContext, request: WebRequest, session: StaffSession | undefined): Promise<{ page: Answer; decision?: Decision }> {
	if (!sameOrigin(request.headers, request.publicOrigin)) return { page: problem(desk, 'forbidden') };
	const posted = parseDeskAction(readForm(request.body));
	if ('problem' in posted) return { page: problem(desk, posted.problem) };
	const { action, csrf, back } = posted;
	if (action.kind === 'login') return { page: await logIn(desk, request, action, back) };
	const typed = typedIn(action);
	if (!session) return { page: problem(desk, 'expired', typed) };
	if (!csrfMatches(session.token, csrf)) return { page: problem(desk, 'tooOld', typed) };
	if (action.kind === 'logout') return { page: await logOut(desk, request, session) };
	const { page, flash, decision, go = back } = await act(desk, session, action, back);
	return { page: page ?? seeOther(deskAddress(withFlash(go, flash))), decision };
}

function withFlash(view: DeskView, flash: Flash | undefined): DeskView {
	return 'place' in view ? { ...view, flash } : { view: 'today', place: { page: 1 }, flash };
}
