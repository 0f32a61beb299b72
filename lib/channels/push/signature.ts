import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'x-optical-signature';
export const TIMESTAMP_HEADER = 'x-optical-timestamp';
/** An older request may be one that somebody has kept and sends again. Seconds. */
const OLDEST = 300;

/** `sha256=` and the HMAC of the moment (seconds since 1970), a point, and the body: neither can be changed alone. */
export function signatureOf(secret: string, seconds: number, body: string): string {
	return `sha256=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** What the app's server asks of a request, as this package does it itself: is it the shop's, and is it of now? */
export function isSigned(secret: string, headers: Readonly<Record<string, string | undefined>>, body: string, nowSeconds: number): boolean {
	const seconds = Number(headers[TIMESTAMP_HEADER]);
	if (!Number.isSafeInteger(seconds) || Math.abs(nowSeconds - seconds) > OLDEST) return false;
	const [given, wanted] = [headers[SIGNATURE_HEADER] ?? '', signatureOf(secret, seconds, body)].map((text) => Buffer.from(text));
	return given.length === wanted.length && timingSafeEqual(given, wanted);
}
