import { CrmError } from '../domain/errors';
import { CHANNELS, PURPOSES, type Channel, type Purpose } from '../domain/glossary';
import type { Instant } from '../domain/time';
import { customerPageLink } from './customerPage';
import { LONGEST_TOKEN, readToken, signToken } from './signedToken';

/** Who is asked for what, as the link of a double opt-in says it. Ids only: nothing about the person can be read from it. */
export interface OptInClaim {
	shopCode: string;
	customerId: number;
	/** The address that the link is sent to: whoever opens it there proves that it is theirs. */
	contactPointId: number;
	channel: Channel;
	purpose: Purpose;
	/** After it the link grants nothing. */
	expiresAt: Instant;
}

const KEY_USE = 'opt-in-link';

/**
 * A token that stands for a request, safe in a URL, at most 200 characters. Source: RULES 12.
 * @throws CrmError when the claim is no valid one or too long
 */
export function signOptIn(claim: OptInClaim, secret: string): string {
	const { shopCode, customerId, contactPointId, channel, purpose, expiresAt } = claim;
	const fields = [shopCode, customerId, contactPointId, channel, purpose, Date.parse(expiresAt)];
	const token = signToken(fields, KEY_USE, secret);
	if (toClaim(fields) && token.length <= LONGEST_TOKEN) return token;
	throw new CrmError(
		`No opt-in link can be made for customer ${customerId}: one of its parts is missing, unknown or too long`,
		'Check the contact point, the channel and the purpose; keep the shop code below 30 characters.',
	);
}

/** The claim of a token that this shop's secret signed, expired or not; undefined for anything else. Never throws. */
export function verifyOptIn(token: unknown, secret: string): OptInClaim | undefined {
	return toClaim(readToken(token, KEY_USE, secret));
}

/**
 * The address that the request holds: the shop's page for customers, with another parameter than a refusal.
 * @throws CrmError when the page is no http or https address
 */
export function optInUrl(pageUrl: string, token: string): string {
	return customerPageLink(pageUrl, 'o', token);
}

function toClaim(fields: unknown): OptInClaim | undefined {
	if (!Array.isArray(fields) || fields.length !== 6) return undefined;
	const [shopCode, customerId, contactPointId, channel, purpose, expires] = fields;
	const named = typeof shopCode === 'string' && shopCode !== '' && CHANNELS.includes(channel) && PURPOSES.includes(purpose);
	const counted = [customerId, contactPointId, expires].every((number) => Number.isSafeInteger(number) && number > 0) && expires < 8.64e15;
	return named && counted ? { shopCode, customerId, contactPointId, channel, purpose, expiresAt: new Date(expires).toISOString() } : undefined;
}
