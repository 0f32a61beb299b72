import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { ContactPointKind } from './glossary';
import { remembered } from './remember';

/** A process has one secret or a few, and a handful of uses for each. */
const KEYS_KEPT = 50;

/** A key for one use, derived from the store's secret: a leak of one use does not open another (HKDF, RFC 5869). Remembered: each link of each message is signed by one. */
export const derivedKey = remembered((secret: string, use: string): KeyObject => {
	// As a KeyObject, because an import hashes millions of addresses and a Buffer is made into one for each.
	return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', use, 32)));
}, KEYS_KEPT);

/** A keyed hash of an address: lets the suppression list recognise it after it was erased, and nobody read it. Hex. */
export function addressHash(kind: ContactPointKind, value: string, key: KeyObject): string {
	return createHmac('sha256', key).update(`${kind}\n${value}`).digest('hex');
}
