import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { sameText } from '../web/sameText';

/** What an account may do: the staff run the day, the lead decides on the rollout and the accounts as well. */
export const DESK_ROLES = ['staff', 'lead'] as const;
export type DeskRole = (typeof DESK_ROLES)[number];

/** A member of staff as the credential names them. */
export interface DeskAccount {
	user: string;
	/** Plain text, as n8n decrypts it. An empty one lets nobody in. */
	password: string;
	role: DeskRole;
}

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const salt = randomBytes(16);
const nobody = randomBytes(16).toString('hex');

/**
 * The account that user and password open, or undefined. An unknown user costs as much time as a known one. Names are compared without
 * regard to case; both are compared in Unicode's NFKC, because keyboards write accents in two ways.
 */
export async function checkLogin<T extends DeskAccount>(accounts: readonly T[], user: string, password: string): Promise<T | undefined> {
	// All are looked at, also after one was found.
	const found = accounts.filter((account) => sameText(nameKey(account.user), nameKey(user)))[0] as T | undefined;
	const matches = await passwordMatches(password, found?.password);
	return matches ? found : undefined;
}

/**
 * Whether the password is the expected one. Where none is expected (no such user, an account without a password) it is compared with
 * a random one that nobody knows, at the same cost.
 */
export async function passwordMatches(given: string, expected: string | undefined): Promise<boolean> {
	const [one, other] = await Promise.all([key(given), key(expected || nobody)]);
	return timingSafeEqual(one, other);
}

/** scrypt with Node's own cost (N=16384, 16 MB): off the main thread, and slow enough that guessing is no fun. */
async function key(password: string): Promise<Buffer> {
	return await derive(password.normalize('NFKC'), salt, 32);
}

/** The form of a user's name under which logins and failures are counted. */
export function nameKey(user: string): string {
	return user.normalize('NFKC').trim().toLowerCase();
}
