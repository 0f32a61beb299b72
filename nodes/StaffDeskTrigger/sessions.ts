import { createHmac } from 'node:crypto';
import type { DeskAction } from '../../lib/desk/action';
import { nameKey } from '../../lib/desk/login/account';
import { heldForm } from '../../lib/desk/login/held';
import { renderLogin } from '../../lib/desk/login/loginPage';
import { deviceOf, newSessionToken, sessionHash, sessionStamp } from '../../lib/desk/login/session';
import type { LoginState } from '../../lib/desk/login/state';
import { limitAt, secondsUntil, THROTTLES, type ThrottleKind } from '../../lib/desk/login/throttle';
import { deskAddress, type DeskView } from '../../lib/desk/view';
import { renderGoOn } from '../../lib/desk/who/goOnPage';
import { derivedKey } from '../../lib/domain/keys';
import { plusMinutes } from '../../lib/domain/time';
import { openAlert } from '../../lib/store/alerts';
import { recordDeskLog } from '../../lib/store/desk/deskLog';
import { closeDeskSession, deskSession, openDeskSession, touchDeskSession } from '../../lib/store/desk/deskSessions';
import { countAttempt, forgetAttempts, giveBackAttempt } from '../../lib/store/desk/loginAttempts';
import { readCookie, writeCookie } from '../../lib/web/cookies';
import { only, type Form } from '../../lib/web/form';
import { seeOther, type Page } from '../../lib/web/page';
import { sameText } from '../../lib/web/sameText';
import type { WebRequest } from '../shared/web';
import { loginFrame, type DeskContext, type StaffSession } from './context';
import { frameOf } from './frame';
import { admitted, checkLogin, personOf, type Person } from './people';

const SESSION_COOKIE = 'optical_crm_desk';
/** A sign of life is written down this often at most, in minutes. */
const TOUCH_MINUTES = 2;

type Login = Extract<DeskAction, { kind: 'login' }>;
type Subject = { kind: ThrottleKind; subject: string };

/** The session of a request, if it has one that still counts: whose account, role or password has changed is out at once. */
export async function sessionOf(desk: DeskContext, request: WebRequest): Promise<StaffSession | undefined> {
	const token = readCookie(request.headers.cookie as string | undefined, SESSION_COOKIE);
	if (!token) return undefined;
	const { store, accounts, now, settings } = desk;
	const hash = sessionHash(token);
	const kept = await deskSession(store, hash, plusMinutes(now, -settings.sessions.idleMinutes), now);
	const person = kept && admitted(accounts, kept.staff, kept.person);
	if (!person || !sameText(sessionStamp(token, person), kept.stamp)) return undefined;
	// The one thing that a GET writes: that somebody was there, without which no session could end by being idle.
	if (kept.seenAt < plusMinutes(now, -TOUCH_MINUTES)) await touchDeskSession(store, hash, now);
	return { token, staff: person.user, role: person.role, person };
}

/** Opens a session, or shows the login page again; after a few wrong passwords it makes people wait. */
export async function logIn(desk: DeskContext, request: WebRequest, { user, password }: Login, form: Form, wanted: DeskView): Promise<Page> {
	const { store, now } = desk;
	const again = (state: Partial<LoginState>) => renderLogin({ ...loginFrame(desk), user, wanted, held: only(form, 'held'), ...state });
	const subjects = subjectsOf(desk, user, request.address);
	const waitSeconds = await countAll(desk, subjects, user);
	if (waitSeconds > 0) return again({ waitSeconds });
	const person = await checkLogin(desk, user, password);
	if (!person) return again({ notice: 'wrong' });
	for (const { kind, subject } of subjects) {
		if (kind === 'pair') await forgetAttempts(store, subject, limitAt(now, THROTTLES.pair).forgottenBefore);
		else await giveBackAttempt(store, subject, THROTTLES[kind].free);
	}
	const { oneTimeUntil } = person.stored ?? {};
	if (oneTimeUntil && oneTimeUntil <= now) return again({ notice: 'oneTimeOver' });
	return await open(desk, request, person, wanted, heldForm(only(form, 'held')));
}

async function open(desk: DeskContext, request: WebRequest, person: Person, wanted: DeskView, held: Form | undefined): Promise<Page> {
	const { store, now, settings } = desk;
	const token = newSessionToken();
	const session = { tokenHash: sessionHash(token), staff: person.user, nameKey: nameKey(person.user), stamp: sessionStamp(token, person), device: deviceOf(request.headers['user-agent']), expiresAt: plusMinutes(now, settings.sessions.hours * 60) };
	await openDeskSession(store, session, now);
	await recordDeskLog(store, { who: person.user, action: 'loggedIn' }, now);
	const cookie = sessionCookie(request, token, settings.sessions.hours * 3600);
	if (!held || person.stored?.oneTimeUntil) return seeOther(deskAddress(wanted), cookie);
	const known = { ...desk, language: person.language ?? desk.language };
	const page = renderGoOn({ ...frameOf(known, { token, staff: person.user, role: person.role, person }, { view: 'today', place: { page: 1 } }), held });
	return { ...page, headers: { ...page.headers, 'Set-Cookie': cookie } };
}

/** What an attempt is counted by. Keyed hashes: people type their password into the field for the name. */
function subjectsOf({ store }: DeskContext, user: string, address: string): Subject[] {
	const key = derivedKey(store.secret, 'desk logins');
	const named = (kind: ThrottleKind, ...parts: string[]) => ({ kind, subject: `${kind} ${createHmac('sha256', key).update(parts.join('\n')).digest('hex').slice(0, 32)}` });
	return [named('address', address), named('account', nameKey(user)), named('pair', nameKey(user), address)];
}

/** Counts the attempt everywhere before its password is looked at. @returns seconds to wait; then it counts nowhere */
async function countAll(desk: DeskContext, subjects: Subject[], user: string): Promise<number> {
	const { store, now } = desk;
	for (const [place, { kind, subject }] of subjects.entries()) {
		const attempt = await countAttempt(store, subject, limitAt(now, THROTTLES[kind]), now);
		if ('counted' in attempt) {
			if (kind === 'account' && attempt.counted === THROTTLES.account.free + 1) await alertLead(desk, user);
			continue;
		}
		for (const counted of subjects.slice(0, place)) await giveBackAttempt(store, counted.subject, THROTTLES[counted.kind].free);
		return secondsUntil(attempt.waitUntil, now);
	}
	return 0;
}

/** Tells the lead that somebody guesses at an account; names that nobody has are not worth it. */
async function alertLead(desk: DeskContext, user: string): Promise<void> {
	const person = await personOf(desk, user);
	if (!person) return;
	await openAlert(desk.store, { kind: 'login', subject: person.user, code: 'LOGIN_GUESSING' }, desk.now);
	await recordDeskLog(desk.store, { who: person.user, action: 'loginGuessing' }, desk.now);
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
