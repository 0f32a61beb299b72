import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKey } from '../domain/keys';

const VERSION = '1';
/** A longer one would not survive every mail program, and is never made. */
export const LONGEST_TOKEN = 200;

/** Version, fields and HMAC-SHA256, safe in a URL. The key is derived for one use, so that a token of one use is worth nothing for another. */
export function signToken(fields: readonly unknown[], use: string, secret: string): string {
	const signed = `${VERSION}.${Buffer.from(JSON.stringify(fields)).toString('base64url')}`;
	return `${signed}.${signatureOf(signed, use, secret)}`;
}

/** The fields of a token that this secret signed for this use; undefined for anything else. Never throws, whatever comes in. */
export function readToken(token: unknown, use: string, secret: string): unknown {
	if (typeof token !== 'string' || token.length > LONGEST_TOKEN) return undefined;
	const [, signed, payload, signature] = /^(1\.([\w-]+))\.([\w-]{43})$/.exec(token) ?? [];
	if (!signature || !timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(signed, use, secret)))) return undefined;
	try {
		return JSON.parse(Buffer.from(payload, 'base64url').toString());
	} catch {
		return undefined;
	}
}

/** Compared as text, not decoded: base64 knows several spellings of the same bytes, and only one is ours. */
function signatureOf(signed: string, use: string, secret: string): string {
	return createHmac('sha256', derivedKey(secret, use)).update(signed).digest('base64url');
}
