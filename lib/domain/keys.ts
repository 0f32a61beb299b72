import { createHmac, hkdfSync } from 'node:crypto';
import type { ContactPointKind } from './glossary';

/** A key for one use, derived from the store's secret: a leak of one use does not open another (HKDF, RFC 5869). */
export function derivedKey(secret: string, use: string): Buffer {
	return Buffer.from(hkdfSync('sha256', secret, '', use, 32));
}

/** A keyed hash of an address: lets the suppression list recognise it after it was erased, and nobody read it. Hex. */
export function addressHash(kind: ContactPointKind, value: string, key: Buffer): string {
	return createHmac('sha256', key).update(`${kind}\n${value}`).digest('hex');
}
