import { parseDeskAction, type DeskAction } from '../../lib/desk/action';
import { nameKey } from '../../lib/desk/login';
import { renderLogin } from '../../lib/desk/loginPage';
import { csrfMatches, sessionHash } from '../../lib/desk/session';
import { deskAddress, parseDeskView, type DeskView, type Flash } from '../../lib/desk/view';
import { readCookie } from '../../lib/web/cookies';
import { readForm } from '../../lib/web/form';
import { sameOrigin } from '../../lib/web/origin';
import { seeOther, type Page } from '../../lib/web/page';
import { deskSessionStaff } from '../../lib/store/deskAccess';
import type { WebRequest } from '../shared/web';
import { loginFrame, problem, type Decision, type DeskContext, type StaffSession } from './context';
import { decide, type Done } from './decide';
import { logIn, logOut, SESSION_COOKIE } from './sessions';
import { showView } from './show';

/** The page that answers a request, and what was decided with it. Only a POST changes anything. */
export async function answerDesk(desk: DeskContext, request: WebRequest): Promise<{ page: Page; decision?: Decision }> {
	const token = readCookie(request.headers.cookie as string | undefined, SESSION_COOKIE);
	const staff = token && (await deskSessionStaff(desk.store, sessionHash(token), desk.now));
	// Whose account is taken away is out at once, not at the end of the session.
	const known = staff && desk.accounts.some(({ user }) => nameKey(user) === nameKey(staff));
	const session = token && staff && known ? { token, staff } : undefined;
	if (request.method === 'POST') return await act(desk, request, session);
	const wanted = parseDeskView(request.query);
	if (!session) return { page: renderLogin({ ...loginFrame(desk), wanted }) };
	return { page: await showView(desk, session, wanted) };
}

async function act(desk: DeskContext, request: WebRequest, session: StaffSession | undefined): Promise<{ page: Page; decision?: Decision }> {
	if (!sameOrigin(request.headers, request.publicOrigin)) return { page: problem(desk, 'forbidden') };
	const post = parseDeskAction(readForm(request.body));
	if ('problem' in post) return { page: problem(desk, post.problem) };
	const { action, csrf, back } = post;
	if (action.kind === 'login') return { page: await logIn(desk, request, action, back) };
	const typed = action.kind === 'save' ? action.draft : undefined;
	if (!session) return { page: problem(desk, 'expired', typed) };
	if (!csrfMatches(session.token, csrf)) return { page: problem(desk, 'tooOld', typed) };
	if (action.kind === 'logout') return { page: await logOut(desk, request, session) };
	const done = await decide(desk, session, action);
	return { page: await pageAfter(desk, session, action, done, back), decision: done.decision };
}

async function pageAfter(desk: DeskContext, session: StaffSession, action: DeskAction, done: Done, back: DeskView): Promise<Page> {
	if (done.fault && action.kind === 'save') {
		const view: DeskView = { view: 'message', id: action.message.id, place: 'place' in back ? back.place : { page: 1 } };
		return await showView(desk, session, view, { draft: action.draft, fault: done.fault });
	}
	return seeOther(deskAddress(withFlash(back, done.flash)));
}

function withFlash(view: DeskView, flash: Flash | undefined): DeskView {
	return 'place' in view ? { ...view, flash } : { view: 'today', place: { page: 1 }, flash };
}
