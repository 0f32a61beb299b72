import { sessionHash } from '../../../lib/desk/login/session';
import { renderAccount, type AccountState } from '../../../lib/desk/who/accountPage';
import { plusMinutes } from '../../../lib/domain/time';
import { sessionsOf } from '../../../lib/store/desk/deskSessions';
import type { Page } from '../../../lib/web/page';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { frameOf } from '../frame';

const ACCOUNT: ShownView = { view: 'account', place: { page: 1 } };

/** One's own account: password, language, sessions. */
export async function showAccount(desk: DeskContext, session: StaffSession, view: ShownView = ACCOUNT, fault?: AccountState['fault']): Promise<Page> {
	const { store, now, settings } = desk;
	const { token, staff, person } = session;
	const mustChoose = person.stored?.oneTimeUntil !== undefined;
	const own = sessionHash(token);
	const sessions = mustChoose ? [] : await sessionsOf(store, staff, plusMinutes(now, -settings.sessions.idleMinutes), now);
	return renderAccount({
		...frameOf(desk, session, view, 'account'),
		fromCredential: person.stored === undefined,
		mustChoose,
		fault,
		sessions: sessions.map((one) => ({ ...one, isThis: own.startsWith(one.id) })),
	});
}
