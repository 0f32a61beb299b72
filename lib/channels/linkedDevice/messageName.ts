import { createHmac, timingSafeEqual } from 'node:crypto';

/* WhatsApp names a message as its sender wants. The name holds which message of the store it is, under a mask: so a receipt that comes after a crash finds it. */

/** Names of WhatsApp's own clients begin so. */
const PREFIX = '3EB0';
const PROOF_BYTES = 4;
const ID_BYTES = 4;
const LARGEST_ID = 2 ** 32 - 1;
const NAME = /^3EB0([0-9A-F]{8})([0-9A-F]{10})$/;
const KEY = /^ocrm-(\d{1,10})-(\d{1,3})$/;

/**
 * The name on WhatsApp of an attempt to send a message.
 * @param key `Outgoing.key`; without one, as in a rehearsal, the name stands for nothing
 * @param random 9 bytes, used where there is no key
 */
export function messageName(key: string | undefined, secret: string, random: Buffer): string {
	const [, id, attempt] = KEY.exec(key ?? '') ?? [];
	if (id === undefined || Number(id) > LARGEST_ID || Number(attempt) > 255) return PREFIX + random.toString('hex').toUpperCase();
	const body = Buffer.alloc(ID_BYTES + 1);
	body.writeUInt32BE(Number(id), 0);
	body.writeUInt8(Number(attempt), ID_BYTES);
	const proof = proofOf(body, secret);
	return PREFIX + Buffer.concat([proof, masked(body, proof, secret)]).toString('hex').toUpperCase();
}

/** `Outgoing.key` of a message that this shop has sent; undefined for any other, such as one that somebody wrote on the phone itself. */
export function keyOfName(name: string, secret: string): string | undefined {
	const [, proofHex, bodyHex] = NAME.exec(name) ?? [];
	if (proofHex === undefined) return undefined;
	const proof = Buffer.from(proofHex, 'hex');
	const body = masked(Buffer.from(bodyHex, 'hex'), proof, secret);
	return timingSafeEqual(proofOf(body, secret), proof) ? `ocrm-${body.readUInt32BE(0)}-${body.readUInt8(ID_BYTES)}` : undefined;
}

function proofOf(body: Buffer, secret: string): Buffer {
	return createHmac('sha256', secret).update('message name').update(body).digest().subarray(0, PROOF_BYTES);
}

function masked(body: Buffer, proof: Buffer, secret: string): Buffer {
	const mask = createHmac('sha256', secret).update('message name mask').update(proof).digest();
	return Buffer.from(body.map((byte, index) => byte ^ mask[index]));
}
