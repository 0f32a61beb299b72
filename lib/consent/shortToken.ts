import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKey } from '../domain/keys';

const VERSION = '2';
/** Bytes of the signature: 80 bits, which nobody guesses over the net, and a third of the full length to read or to type. */
const SIGNATURE = 10;

/**
 * A token of whole numbers, for texts in which each sign counts: version, numbers and HMAC-SHA256 cut to 80 bits, in about 25 signs. What both
 * sides know anyway, such as the shop, is signed but not in it.
 */
export function signShortToken(numbers: readonly number[], known: string, use: string, secret: string): string {
	const payload = Buffer.from(numbers.flatMap(toBytes));
	return VERSION + Buffer.concat([payload, signatureOf(payload, known, use, secret)]).toString('base64url');
}

/** The numbers of a token that this secret signed for this use and with what is known; undefined for anything else. Never throws. */
export function readShortToken(token: unknown, known: string, use: string, secret: string): number[] | undefined {
	if (typeof token !== 'string' || !/^2[\w-]{15,100}$/.test(token)) return undefined;
	const bytes = Buffer.from(token.slice(1), 'base64url');
	// Base64 knows several spellings of the same bytes, and only one is ours.
	if (bytes.toString('base64url') !== token.slice(1) || bytes.length <= SIGNATURE) return undefined;
	const payload = bytes.subarray(0, -SIGNATURE);
	return timingSafeEqual(bytes.subarray(-SIGNATURE), signatureOf(payload, known, use, secret)) ? toNumbers(payload) : undefined;
}

function signatureOf(payload: Buffer, known: string, use: string, secret: string): Buffer {
	return createHmac('sha256', derivedKey(secret, use)).update(JSON.stringify([VERSION, known])).update(payload).digest().subarray(0, SIGNATURE);
}

/** Seven bits in each byte, the highest says that another follows: small numbers take one byte. */
function toBytes(number: number): number[] {
	const bytes: number[] = [];
	let rest = number;
	for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
	return [...bytes, rest];
}

function toNumbers(bytes: Buffer): number[] {
	const numbers: number[] = [];
	let [number, weight] = [0, 1];
	for (const byte of bytes) {
		number += (byte & 0x7f) * weight;
		weight *= 0x80;
		if (byte < 0x80) {
			numbers.push(number);
			[number, weight] = [0, 1];
		}
	}
	return numbers;
}
