import { LANGUAGES, type Language } from '../../domain/glossary';
import { only, positive, typedLine, type Form } from '../../web/form';
import { DESK_ROLES, NAME_LIMIT, type DeskRole } from '../login/account';

/** What is asked for about accounts and sessions. */
export type WhoAction =
	| { kind: 'changePassword'; current: string; wanted: string; repeated: string }
	| { kind: 'chooseLanguage'; language: Language }
	/** Without an id: all sessions of the person but this one. */
	| { kind: 'endSessions'; session?: string }
	/** The rest is the lead's. */
	| { kind: 'addAccount'; name: string; role: DeskRole }
	| { kind: 'changeRole'; account: number; role: DeskRole }
	| { kind: 'disableAccount' | 'enableAccount' | 'resetPassword'; account: number };

const KINDS: readonly string[] = ['changePassword', 'chooseLanguage', 'endSessions', 'addAccount', 'changeRole', 'disableAccount', 'enableAccount', 'resetPassword'] satisfies Array<WhoAction['kind']>;

/** Whether an action is one of these. */
export function isWhoAction(action: { kind: string }): action is WhoAction {
	return KINDS.includes(action.kind);
}

const LONGEST_PASSWORD = 1000;

/** Reads a form about accounts; undefined where it is none. */
export function readWhoAction(form: Form): WhoAction | undefined {
	const role = DESK_ROLES.find((one) => one === only(form, 'role'));
	const account = positive(only(form, 'account'));
	const kind = only(form, 'action');
	switch (kind) {
		case 'changePassword': {
			const [current, wanted, repeated] = ['current', 'wanted', 'repeated'].map((name) => only(form, name));
			return [current, wanted, repeated].every(({ length }) => length <= LONGEST_PASSWORD) ? { kind, current, wanted, repeated } : undefined;
		}
		case 'chooseLanguage': {
			const language = LANGUAGES.find((one) => one === only(form, 'language'));
			return language && { kind, language };
		}
		case 'endSession': {
			const session = only(form, 'session');
			return /^[0-9a-f]{16}$/.test(session) ? { kind: 'endSessions', session } : undefined;
		}
		case 'endOtherSessions':
			return { kind: 'endSessions' };
		case 'addAccount': {
			const name = typedLine(only(form, 'name').normalize('NFKC'));
			return role && name.length <= NAME_LIMIT ? { kind, name, role } : undefined;
		}
		case 'changeRole':
			return account && role ? { kind, account, role } : undefined;
		case 'disableAccount':
		case 'enableAccount':
		case 'resetPassword':
			return account ? { kind, account } : undefined;
		default:
			return undefined;
	}
}
