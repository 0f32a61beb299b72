import type { DeskAction } from '../../lib/desk/action';
import { checkLogin, nameKey } from '../../lib/desk/login';
import { renderLogin } from '../../lib/desk/loginPage';
import { newSessionToken, sessionHash } from '../../lib/desk/session';
import { forgottenBefore, secondsToWait } from '../../lib/desk/throttle';
import { deskAddress, type DeskView } from '../../lib/desk/view';
import { plusMinutes } from '../../lib/domain/time';
import { writeCookie } from '../../lib/web/cookies';
import { seeOther, type Page } from '../../lib/web/page';
import { closeDeskSession, countLoginFailure, forgetLoginFailures, loginFailures, openDeskSession } from '../../lib/store/deskAccess';
import type { WebRequest } from '../shared/web';
import { loginFrame, type DeskContext, type StaffSession } from './context';

export const SESSION_COOKIE = 'optical_crm_desk';
/** A working day: whoever opens the shop logs in once. */
const SESSION_HOURS = 12;

/** Opens a session, or shows the login page again; after a few wrong passwords it makes people wait. */
export async function logIn(desk: DeskContext, request: WebRequest, { user, password }: Extract<DeskAction, { kind: 'login' }>, wanted: DeskView): Promise<Page> {
	const { store, now } = desk;
	// Both the account and the address: neither many names from one place nor one name from many places gets far.
	const subjects = [`user ${nameKey(user)}`, `address ${request.address}`];
	const failures = await Promise.all(subjects.map((subject) => loginFailures(store, subject)));
	const waitSeconds = Math.max(...failures.map((failure) => secondsToWait(failure, now)));
	if (waitSeconds > 0) return { ...renderLogin({ ...loginFrame(desk), waitSeconds, user, wanted }), status: 429 };

	const account = await checkLogin(desk.accounts, user, password);
	if (!account) {
		for (const subject of subjects) await countLoginFailure(store, subject, forgottenBefore(now), now);
		return { ...renderLogin({ ...loginFrame(desk), notice: 'wrong', user, wanted }), status: 401 };
	}
	for (const subject of subjects) await forgetLoginFailures(store, subject);
	const token = newSessionToken();
	await openDeskSession(store, sessionHash(token), account.user, plusMinutes(now, SESSION_HOURS * 60), now);
	return seeOther(deskAddress(wanted), sessionCookie(request, token, SESSION_HOURS * 3600));
}

/** Ends the session here and in the store. */
export async function logOut(desk: DeskContext, request: WebRequest, { token }: StaffSession): Promise<Page> {
	await closeDeskSession(desk.store, sessionHash(token));
	const page = renderLogin({ ...loginFrame(desk), notice: 'loggedOut' });
	return { ...page, headers: { ...page.headers, 'Set-Cookie': sessionCookie(request, '', 0) } };
}

function sessionCookie({ path, secure }: WebRequest, value: string, maxAge: number): string {
	return writeCookie({ name: SESSION_COOKIE, value, path, secure, maxAge });
}
