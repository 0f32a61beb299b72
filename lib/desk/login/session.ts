import { createHash, createHmac, randomBytes } from 'node:crypto';
import { sameText } from '../../web/sameText';

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

/**
 * Ties a session to the role and the password (or its hash) of the account that opened it: with another of either, in the credential or in the
 * store, the session is over. Keyed with the token, which the store does not have: nobody can try passwords on it.
 */
export function sessionStamp(sessionToken: string, { role, secret }: { role: string; secret: string }): string {
	return createHmac('sha256', sessionToken).update(`stamp\n${role}\n${secret}`).digest('base64url');
}

const BROWSERS: ReadonlyArray<[RegExp, string]> = [[/\bEdg/, 'Edge'], [/\bOPR\//, 'Opera'], [/\bSamsungBrowser\//, 'Samsung Internet'], [/\b(Firefox|FxiOS)\//, 'Firefox'], [/\b(Chrome|CriOS)\//, 'Chrome'], [/\bSafari\//, 'Safari']];
const SYSTEMS: ReadonlyArray<[RegExp, string]> = [[/\biPhone\b/, 'iPhone'], [/\biPad\b/, 'iPad'], [/\bAndroid\b/, 'Android'], [/\bWindows\b/, 'Windows'], [/\bMac OS X\b/, 'Mac'], [/\bCrOS\b/, 'ChromeOS'], [/\bLinux\b/, 'Linux']];

/** Browser and system in two words of ours, so that people know their own sessions; empty where neither is known. */
export function deviceOf(userAgent: string | string[] | undefined): string {
	const agent = typeof userAgent === 'string' ? userAgent : '';
	return [BROWSERS, SYSTEMS].map((kinds) => kinds.find(([sign]) => sign.test(agent))?.[1]).filter(Boolean).join(', ');
}
