import { CrmError } from '../domain/errors';
import { CHANNELS, PURPOSES, type Channel, type Purpose } from '../domain/glossary';
import { customerPageLink } from './customerPage';
import { readShortToken, signShortToken } from './shortToken';
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
const SHORT_USE = 'refusal-link-short';

/* The numbers that stand for words in a short token. Tokens are in messages that were sent: a number never changes its meaning. */
const CHANNEL_NUMBERS: Record<Channel, number> = { email: 1, sms: 2, whatsapp: 3, whatsappLinked: 4, letter: 5, call: 6, push: 7 };
const PURPOSE_NUMBERS: Record<Purpose, number> = { service: 1, recall: 2, marketing: 3, survey: 4, health: 5, profiling: 6 };

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
	throw notMade(customerId);
}

function notMade(customerId: number): CrmError {
	return new CrmError(
		`No refusal link can be made for customer ${customerId}: one of its parts is missing, unknown or too long`,
		'Check the customer, the contact point, the channel and the purpose of the decision; keep the shop code below 30 characters.',
	);
}

/**
 * The same for texts in which each sign is paid for or typed: some 25 characters. The shop is signed but not in it.
 * @throws CrmError when the claim is no valid one
 */
export function signShortRefusal(claim: Omit<RefusalClaim, 'messageKey'>, secret: string): string {
	const { shopCode, customerId, contactPointId, channel, purpose } = claim;
	if (!toClaim([shopCode, customerId, contactPointId, channel, purpose])) throw notMade(customerId);
	return signShortToken([CHANNEL_NUMBERS[channel], PURPOSE_NUMBERS[purpose], customerId, contactPointId], shopCode, SHORT_USE, secret);
}

/**
 * The claim of a token, long or short, that this shop's secret signed; undefined for anything else. Never throws, whatever comes in.
 * @param shopCode the shop whose page was opened
 */
export function verifyRefusal(token: unknown, secret: string, shopCode: string): RefusalClaim | undefined {
	const claim = toClaim(readToken(token, KEY_USE, secret)) ?? shortClaim(readShortToken(token, shopCode, SHORT_USE, secret), shopCode);
	return claim?.shopCode === shopCode ? claim : undefined;
}

function shortClaim(numbers: number[] | undefined, shopCode: string): RefusalClaim | undefined {
	if (numbers?.length !== 4) return undefined;
	const [channelNumber, purposeNumber, customerId, contactPointId] = numbers;
	const channel = CHANNELS.find((each) => CHANNEL_NUMBERS[each] === channelNumber);
	const purpose = PURPOSES.find((each) => PURPOSE_NUMBERS[each] === purposeNumber);
	return toClaim([shopCode, customerId, contactPointId, channel, purpose]);
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
