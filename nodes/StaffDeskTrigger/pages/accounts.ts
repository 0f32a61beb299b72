import { nameKey } from '../../../lib/desk/login/account';
import { PAGE_SIZE } from '../../../lib/desk/state';
import { renderAccounts, type AccountsState, type ListedAccount } from '../../../lib/desk/who/accountsPage';
import { storedAccounts, type StoredAccount } from '../../../lib/store/desk/deskAccounts';
import { deskLog } from '../../../lib/store/desk/deskLog';
import type { Page } from '../../../lib/web/page';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { frameOf } from '../frame';

/** The lead's page: who may open the Desk, and who did what. */
export async function showAccounts(desk: DeskContext, session: StaffSession, view: ShownView, said: Pick<AccountsState, 'given' | 'fault' | 'typed'> = {}): Promise<Page> {
	const { store, accounts, now } = desk;
	const { place } = view;
	const taken = new Set(accounts.map(({ user }) => nameKey(user)));
	const stored = await storedAccounts(store);
	const log = await deskLog(store, { limit: PAGE_SIZE, offset: (place.page - 1) * PAGE_SIZE });
	return renderAccounts({
		...frameOf(desk, session, view, 'accounts'),
		accounts: [...accounts.map(({ user, role }) => ({ user, role })), ...stored.map((account) => listed(account, taken, session, now))],
		place,
		log,
		...said,
	});
}

function listed({ id, user, role, disabledAt, oneTimeUntil }: StoredAccount, taken: ReadonlySet<string>, { person }: StaffSession, now: string): ListedAccount {
	return {
		id, user, role, disabledAt, oneTimeUntil,
		isOver: oneTimeUntil !== undefined && oneTimeUntil <= now,
		isShadowed: taken.has(nameKey(user)),
		isOwn: person.stored?.id === id,
	};
}
