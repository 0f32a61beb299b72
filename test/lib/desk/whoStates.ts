import type { AccountState } from '../../../lib/desk/who/accountPage';
import type { AccountsState } from '../../../lib/desk/who/accountsPage';
import type { GoOnState } from '../../../lib/desk/who/goOnPage';
import { frame, type Words } from './states';

const AT = '2026-11-22T08:00:00.000Z';
const asIs: Words = (plain) => plain;

export function account(words = asIs): AccountState {
	return {
		...frame(words), section: 'account', fromCredential: false, mustChoose: false,
		sessions: [{ id: '0123456789abcdef', startedAt: AT, seenAt: AT, device: words('Chrome, Windows') || 'x', isThis: true }, { id: words('1123456789abcdef'), startedAt: AT, seenAt: AT, device: '', isThis: false }],
	};
}

export function accounts(words = asIs): AccountsState {
	return {
		...frame(words), section: 'accounts', place: { page: 2 },
		accounts: [
			{ user: words('chiara'), role: 'lead' },
			{ id: 1, user: words('marco'), role: 'staff', oneTimeUntil: AT },
			{ id: 2, user: words('nina'), role: 'lead', disabledAt: AT },
			{ id: 3, user: words('io'), role: 'lead', isOwn: true },
			{ id: 4, user: words('ada'), role: 'staff', isOver: true, isShadowed: true },
		],
		log: { total: 70, entries: [{ at: AT, who: words('chiara'), action: words('accountAdded'), subject: 'account 1' }, { at: AT, who: words('chiara'), action: 'customerExported', subject: 'customer 7' }] },
		given: { user: words('marco'), password: words('abcd-efgh-jkmn'), until: AT },
		fault: 'nameTaken',
		typed: { name: words('marco'), role: 'lead' },
	};
}

export function goOn(words = asIs): GoOnState {
	// One text with a space in it is shown, whatever else stands in it.
	return { ...frame(words), held: new Map([['action', ['save']], ['message', ['7:0123456789']], ['body', [`Cara Giulia ${words('auguri')}.`]], ['back', ['?view=approve&page=2']]]) };
}
