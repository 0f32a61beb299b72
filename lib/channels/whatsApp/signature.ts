import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/* Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint */

/**
 * Whether Meta has sent this body: HMAC-SHA256 of its bytes as they came, with the app's secret, compared in constant time (RULES 35). Without a
 * secret nothing is genuine.
 * @param header `X-Hub-Signature-256`
 */
export function isGenuine(rawBody: Buffer, header: string | undefined, appSecret: string): boolean {
	if (!appSecret || !header) return false;
	const expected = createHmac('sha256', appSecret).update(rawBody).digest();
	const given = Buffer.from(/^sha256=([0-9a-f]{64})$/i.exec(header)?.[1] ?? '', 'hex');
	return given.length === expected.length && timingSafeEqual(given, expected);
}

/** What a body is signed with, as the header wants it. */
export function signatureOf(rawBody: Buffer | string, appSecret: string): string {
	return `sha256=${createHmac('sha256', appSecret).update(rawBody).digest('hex')}`;
}

/**
 * Meta's question whether the address is ours, asked by GET when the webhook is set up.
 * @returns what to answer with status 200; undefined where the question is not Meta's, to be answered with 403
 */
export function challengeAnswer(query: Record<string, unknown>, verifyToken: string): string | undefined {
	const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
	if (mode !== 'subscribe' || typeof token !== 'string' || typeof challenge !== 'string' || !verifyToken) return undefined;
	return timingSafeEqual(digest(token), digest(verifyToken)) ? challenge : undefined;
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
