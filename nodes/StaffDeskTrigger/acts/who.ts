import { nameKey } from '../../../lib/desk/login/account';
import { hashPassword, oneTimePassword, passwordFault, passwordMatches } from '../../../lib/desk/login/password';
import { sessionHash, sessionStamp } from '../../../lib/desk/login/session';
import { limitAt, THROTTLES } from '../../../lib/desk/login/throttle';
import type { AccountsState } from '../../../lib/desk/who/accountsPage';
import type { WhoAction } from '../../../lib/desk/who/action';
import { plusMinutes } from '../../../lib/domain/time';
import { addAccount, changeAccount, chooseLanguage, storedAccount, type AccountChange, type StoredAccount } from '../../../lib/store/desk/deskAccounts';
import { recordDeskLog } from '../../../lib/store/desk/deskLog';
import { endSessions, restampSession } from '../../../lib/store/desk/deskSessions';
import { countAttempt, forgetAttempts } from '../../../lib/store/desk/loginAttempts';
import { problem, type DeskContext, type Done, type StaffSession } from '../context';
import { showAccount } from '../pages/account';
import { showAccounts } from '../pages/accounts';

/** How long a password that the lead gave opens the Desk, in days: over a weekend. */
const ONE_TIME_DAYS = 4;

type LeadAction = Exclude<WhoAction, { kind: 'changePassword' | 'chooseLanguage' | 'endSessions' }>;

/** Does what is asked for about accounts and sessions: everybody for themselves, the lead for the others. */
export async function actOnAccounts(desk: DeskContext, session: StaffSession, action: WhoAction): Promise<Done> {
	switch (action.kind) {
		case 'changePassword':
			return await changePassword(desk, session, action);
		case 'chooseLanguage':
			await chooseLanguage(desk.store, nameKey(session.staff), action.language);
			return { flash: { code: 'languageChosen', count: 1 } };
		case 'endSessions': {
			const count = await endSessions(desk.store, session.staff, { id: action.session, except: sessionHash(session.token) });
			if (count > 0) await recordDeskLog(desk.store, { who: session.staff, action: 'sessionsEnded' }, desk.now);
			return { flash: { code: 'sessionsEnded', count } };
		}
		default:
			return session.role === 'lead' ? await actAsLead(desk, session, action) : { page: problem(desk, 'leadOnly') };
	}
}

async function changePassword(desk: DeskContext, session: StaffSession, { current, wanted, repeated }: Extract<WhoAction, { kind: 'changePassword' }>): Promise<Done> {
	const { store, now } = desk;
	const { person, staff, token } = session;
	if (!person.stored) return { page: problem(desk, 'notFound') };
	// Whoever finds a phone that is logged in shall not guess on.
	const subject = `own ${person.stored.id}`;
	const limit = limitAt(now, THROTTLES.pair);
	if ('waitUntil' in (await countAttempt(store, subject, limit, now))) return { page: await showAccount(desk, session, undefined, 'wait') };
	if (!(await passwordMatches(current, person.secret))) return { page: await showAccount(desk, session, undefined, 'wrong') };
	await forgetAttempts(store, subject, limit.forgottenBefore);
	const fault = wanted !== repeated ? 'different' : passwordFault(wanted, staff, current);
	if (fault) return { page: await showAccount(desk, session, undefined, fault) };
	const passwordHash = await hashPassword(wanted);
	const changed = await changeAccount(store, person.stored.id, { passwordHash, oneTimeUntil: null }, now, person.secret);
	if (!changed) return { page: await showAccount(desk, session, undefined, 'wrong') };
	// The others end by themselves: their stamp is of the old password.
	await endSessions(store, staff, { except: sessionHash(token) });
	await restampSession(store, sessionHash(token), sessionStamp(token, { role: person.role, secret: passwordHash }));
	await recordDeskLog(store, { who: staff, action: 'passwordChanged', subject: `account ${person.stored.id}` }, now);
	return { flash: { code: 'passwordChanged', count: 1 } };
}

async function actAsLead(desk: DeskContext, session: StaffSession, action: LeadAction): Promise<Done> {
	if (action.kind === 'addAccount') return await add(desk, session, action);
	const account = await storedAccount(desk.store, action.account);
	if (!account) return await shown(desk, session, { fault: 'gone' });
	if (session.person.stored?.id === account.id) return await shown(desk, session, { fault: 'own' });
	switch (action.kind) {
		case 'changeRole':
			return await change(desk, session, account, 'roleChanged', { role: action.role });
		case 'disableAccount':
			return await change(desk, session, account, 'accountDisabled', { disabledAt: desk.now });
		case 'enableAccount':
			return await change(desk, session, account, 'accountEnabled', { disabledAt: null });
		case 'resetPassword': {
			const given = await newPassword(desk, account.user);
			await change(desk, session, account, 'passwordReset', given.change);
			return await shown(desk, session, { given: given.shown });
		}
	}
}

async function add(desk: DeskContext, session: StaffSession, { name, role }: Extract<WhoAction, { kind: 'addAccount' }>): Promise<Done> {
	const { store, accounts, now } = desk;
	const [key, typed] = [nameKey(name), { name, role }];
	if (!key) return await shown(desk, session, { fault: 'nameMissing', typed });
	if (accounts.some(({ user }) => nameKey(user) === key)) return await shown(desk, session, { fault: 'nameTaken', typed });
	const given = await newPassword(desk, name);
	const id = await addAccount(store, { user: name, nameKey: key, role, ...given.change }, now);
	if (id === undefined) return await shown(desk, session, { fault: 'nameTaken', typed });
	await recordDeskLog(store, { who: session.staff, action: 'accountAdded', subject: `account ${id}` }, now);
	return await shown(desk, session, { given: given.shown });
}

/** Changes an account; whoever is logged in with it is out. */
async function change({ store, now }: DeskContext, { staff }: StaffSession, { id, user }: StoredAccount, deed: string, changes: AccountChange): Promise<Done> {
	await changeAccount(store, id, changes, now);
	await endSessions(store, user, {});
	await recordDeskLog(store, { who: staff, action: deed, subject: `account ${id}` }, now);
	return { flash: { code: 'accountChanged', count: 1 } };
}

async function newPassword({ now }: DeskContext, user: string): Promise<{ change: { passwordHash: string; oneTimeUntil: string }; shown: NonNullable<AccountsState['given']> }> {
	const [password, until] = [oneTimePassword(), plusMinutes(now, ONE_TIME_DAYS * 24 * 60)];
	return { change: { passwordHash: await hashPassword(password), oneTimeUntil: until }, shown: { user, password, until } };
}

async function shown(desk: DeskContext, session: StaffSession, said: Pick<AccountsState, 'given' | 'fault' | 'typed'>): Promise<Done> {
	return { page: await showAccounts(desk, session, { view: 'accounts', place: { page: 1 } }, said) };
}
