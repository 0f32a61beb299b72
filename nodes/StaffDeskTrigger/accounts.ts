import type { IDataObject } from 'n8n-workflow';
import { nameKey, type DeskAccount, type DeskRole } from '../../lib/desk/login/account';
import { TOKEN_LENGTH } from './metrics';

/** What the credential "Optical CRM Desk" holds. */
export interface DeskCredential extends IDataObject {
	/** Opens the metrics to Prometheus; absent: nobody gets any. */
	metricsToken?: string;
	accounts?: { account?: Array<{ name: string; password: string; role?: DeskRole }> };
}

const PASSWORD_LENGTH = 10;

/** The accounts that may log in: those with a name and a password. */
export function accountsOf(credential: DeskCredential | undefined): DeskAccount[] {
	return (credential?.accounts?.account ?? []).map(({ name, password, role }) => ({ user: name ?? '', password: password ?? '', role: role === 'lead' ? 'lead' : 'staff' }));
}

/** What is wrong with the credential, in a sentence that says how to mend it; undefined where they can be used. */
export function accountProblem(accounts: readonly DeskAccount[], metricsToken?: string): string | undefined {
	if (accounts.length === 0) return 'There is no account. Add one for each member of staff.';
	if (accounts.some(({ user }) => nameKey(user) === '')) return 'An account has no name. Give each one the name of a member of staff.';
	if (new Set(accounts.map(({ user }) => nameKey(user))).size < accounts.length) return 'Two accounts have the same name. Give each its own.';
	if (accounts.some(({ password }) => password.length < PASSWORD_LENGTH)) return `A password is shorter than ${PASSWORD_LENGTH} characters. Choose a longer one.`;
	if (metricsToken && metricsToken.length < TOKEN_LENGTH) return `The metrics token is shorter than ${TOKEN_LENGTH} characters. Take a random one, or leave it empty.`;
	return undefined;
}
