import { nameKey, type DeskRole } from '../../lib/desk/login/account';
import { hashPassword, isOutdated, passwordMatches } from '../../lib/desk/login/password';
import type { Language } from '../../lib/domain/glossary';
import type { Instant } from '../../lib/domain/time';
import { changeAccount, deskPerson, type StoredPerson } from '../../lib/store/desk/deskAccounts';
import { sameText } from '../../lib/web/sameText';
import type { DeskContext } from './context';

/** Somebody with an account, of the credential or of the store. */
export interface Person {
	user: string;
	role: DeskRole;
	/** The password of the credential, or the hash in the store: what a session is tied to. */
	secret: string;
	language?: Language;
	/** Of an account in the store. */
	stored?: { id: number; oneTimeUntil?: Instant };
}

/** Who has this name, if anybody may get in with it. */
export async function personOf({ store, accounts }: Pick<DeskContext, 'store' | 'accounts'>, user: string): Promise<Person | undefined> {
	return admitted(accounts, user, await deskPerson(store, nameKey(user)));
}

/** Who a name is, by what the store knows of it. The credential comes first: its accounts set up and recover. */
export function admitted(accounts: DeskContext['accounts'], user: string, { account, language }: StoredPerson): Person | undefined {
	const key = nameKey(user);
	// All are looked at, also after one was found.
	const given = accounts.filter((one) => sameText(nameKey(one.user), key))[0];
	const read = { ...((language === 'it' || language === 'en') && { language: language as Language }) };
	if (given) return given.password ? { user: given.user, role: given.role, secret: given.password, ...read } : undefined;
	if (!account || account.disabledAt) return undefined;
	const { id, oneTimeUntil, passwordHash, role } = account;
	return { user: account.user, role, secret: passwordHash, stored: { id, ...(oneTimeUntil && { oneTimeUntil }) }, ...read };
}

/** The person whom name and password let in. Nobody, a known name and an account of either kind take the same time: one hash. */
export async function checkLogin(desk: Pick<DeskContext, 'store' | 'accounts' | 'now'>, user: string, password: string): Promise<Person | undefined> {
	const person = await personOf(desk, user);
	const hashed = await passwordMatches(password, person?.stored && person.secret);
	if (!person) return undefined;
	if (!person.stored) return sameText(password.normalize('NFKC'), person.secret.normalize('NFKC')) ? person : undefined;
	if (!hashed) return undefined;
	return isOutdated(person.secret) ? { ...person, secret: await rehashed(desk, person, password) } : person;
}

/** The password with today's cost; where somebody changed it meanwhile, it stays as it is. */
async function rehashed({ store, now }: Pick<DeskContext, 'store' | 'now'>, person: Person, password: string): Promise<string> {
	const hash = await hashPassword(password);
	return (await changeAccount(store, person.stored?.id as number, { passwordHash: hash }, now, person.secret)) ? hash : person.secret;
}
