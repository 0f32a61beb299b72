import { createCipheriv, createDecipheriv, createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { derivedKey } from '../../domain/keys';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts texts with AES-256-GCM. What a text is kept as belongs to it: moved elsewhere, it does not open. */
export class Seal {
	private readonly key: KeyObject;
	private readonly nameKey: KeyObject;

	/** @param use what is kept, so that one secret gives different keys for different uses */
	constructor(secret: string, use: string) {
		this.key = derivedKey(secret, use);
		this.nameKey = derivedKey(secret, `${use}: names`);
	}

	/** Base64. */
	close(text: string, place: string): string {
		const iv = randomBytes(IV_BYTES);
		const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(place));
		return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
	}

	/** Undefined where it was closed with another secret, for another place, or changed since. */
	open(sealed: string, place: string): string | undefined {
		const bytes = Buffer.from(sealed, 'base64');
		if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
		try {
			const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
			return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
		} catch {
			return undefined;
		}
	}

	/** A name that finds its row again and tells nothing: names of sessions are telephone numbers. */
	name(kind: string, name: string): string {
		return createHmac('sha256', this.nameKey).update(`${kind}\n${name}`).digest('base64url');
	}
}
