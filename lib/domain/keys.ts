import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { ContactPointKind } from './glossary';

/** A key for one use, derived from the store's secret: a leak of one use does not open another (HKDF, RFC 5869). */
export function derivedKey(secret: string, use: string): KeyObject {
	// As a KeyObject, because an import hashes millions of addresses and a Buffer is made into one for each.
	return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', use, 32)));
}

/** A keyed hash of an address: lets the suppression list recognise it after it was erased, and nobody read it. Hex. */
export function addressHash(kind: ContactPointKind, value: string, key: KeyObject): string {
	return createHmac('sha256', key).update(`${kind}\n${value}`).digest('hex');
}
