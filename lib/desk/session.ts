import { createHash, createHmac, randomBytes } from 'node:crypto';
import { sameText } from '../web/sameText';

/** A new session's token: 32 random bytes, base64url. It lives in the person's cookie only; the store keeps sessionHash() of it. */
export function newSessionToken(): string {
	return randomBytes(32).toString('base64url');
}

/** What the store keeps of a token (SHA-256, hex): enough to find the session, of no use to whoever reads the database. */
export function sessionHash(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

/** The token that every form of the session carries: derived, so that nothing more has to be kept. */
export function csrfToken(sessionToken: string): string {
	return createHmac('sha256', sessionToken).update('csrf').digest('base64url');
}

/** Whether a posted token is that of the session. */
export function csrfMatches(sessionToken: string, given: string): boolean {
	return sameText(csrfToken(sessionToken), given);
}
