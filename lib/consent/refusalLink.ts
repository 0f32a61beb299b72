import { CrmError } from '../domain/errors';
import { CHANNELS, PURPOSES, type Channel, type Purpose } from '../domain/glossary';
import { customerPageLink } from './customerPage';
import { LONGEST_TOKEN, readToken, signToken } from './signedToken';

/** Who refuses what, as the link in a message says it. Ids only: nothing about the person can be read from it. */
export interface RefusalClaim {
	shopCode: string;
	customerId: number;
	contactPointId: number;
	/** The channel of the message that holds the link. */
	channel: Channel;
	purpose: Purpose;
	/** The message that holds the link, where it is known when the text is made. */
	messageKey?: string;
}

const KEY_USE = 'refusal-link';

/**
 * A token that stands for a claim: version, claim and HMAC-SHA256, safe in a URL, at most 200 characters. It does not expire, because a refusal
 * must always work. Source: RULES 4.
 * @throws CrmError when the claim is no valid one or too long
 */
export function signRefusal(claim: RefusalClaim, secret: string): string {
	const { shopCode, customerId, contactPointId, channel, purpose, messageKey } = claim;
	const fields = [shopCode, customerId, contactPointId, channel, purpose, ...(messageKey === undefined ? [] : [messageKey])];
	const token = signToken(fields, KEY_USE, secret);
	if (toClaim(fields) && token.length <= LONGEST_TOKEN) return token;
	throw new CrmError(
		`No refusal link can be made for customer ${customerId}: one of its parts is missing, unknown or too long`,
		'Check the customer, the contact point, the channel and the purpose of the decision; keep the shop code below 30 characters.',
	);
}

/** The claim of a token that this shop's secret signed; undefined for anything else. Never throws, whatever comes in. */
export function verifyRefusal(token: unknown, secret: string): RefusalClaim | undefined {
	return toClaim(readToken(token, KEY_USE, secret));
}

/**
 * The address that a message holds.
 * @param pageUrl the shop's page for customers
 * @throws CrmError when it is no http or https address
 */
export function refusalUrl(pageUrl: string, token: string): string {
	return customerPageLink(pageUrl, 't', token);
}

function toClaim(fields: unknown): RefusalClaim | undefined {
	if (!Array.isArray(fields) || fields.length < 5 || fields.length > 6) return undefined;
	const [shopCode, customerId, contactPointId, channel, purpose, messageKey] = fields;
	const valid =
		isText(shopCode) && isId(customerId) && isId(contactPointId) && CHANNELS.includes(channel) && PURPOSES.includes(purpose)
		&& (fields.length === 5 || isText(messageKey));
	return valid ? { shopCode, customerId, contactPointId, channel, purpose, ...(fields.length === 6 && { messageKey }) } : undefined;
}

function isText(value: unknown): boolean {
	return typeof value === 'string' && value !== '';
}

function isId(value: unknown): boolean {
	return Number.isSafeInteger(value) && (value as number) > 0;
}
