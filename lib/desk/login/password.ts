import { randomBytes, randomInt, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { COMMON_PASSWORDS } from './commonPasswords';

/** scrypt's cost: 2^logN, r, p. */
interface Cost {
	logN: number;
	r: number;
	p: number;
}

/**
 * One of the equivalents that OWASP's Password Storage Cheat Sheet gives for N=2^17, r=8, p=1: the same work with 32 MB instead of 128 MB,
 * because n8n of a shop runs on a small machine. Each hash carries its own cost, so this one may grow.
 */
export const COST: Cost = { logN: 15, r: 8, p: 3 };
const KEY_LENGTH = 32;
/** No hash out of the store may take more, whoever wrote it. */
const MEMORY_LIMIT = 160 * 1024 * 1024;

export const PASSWORD_LENGTH = { min: 10, max: 200 } as const;

/** Why a password cannot be chosen; the words are in templates/<locale>/desk-who.json. */
export type PasswordFault = 'short' | 'long' | 'name' | 'common' | 'same';

/** Too many passwords are looked at already. */
export class TooManyAtOnce extends Error {}

/** Hashes that run at once, and those that may wait: each takes memory and a thread that n8n needs too. */
const [AT_ONCE, WAITING] = [2, 20];
let running = 0;
const queue: Array<() => void> = [];

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Makes what the store keeps of a password: cost, salt of its own, key. */
export async function hashPassword(password: string, cost = COST): Promise<string> {
	const salt = randomBytes(16);
	const key = await keyOf(password, salt, cost);
	return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(':');
}

/**
 * Whether this is the password of the hash, in constant time. Without a hash, or with one that cannot be read, it is compared with a key that
 * nobody knows, at the usual cost.
 * @throws TooManyAtOnce
 */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
	const read = readHash(hash);
	const { cost, salt, key } = read ?? { cost: COST, salt: randomBytes(16), key: randomBytes(KEY_LENGTH) };
	const given = await keyOf(password, salt, cost);
	return timingSafeEqual(given, key) && read !== undefined;
}

/** Whether the hash was made with another cost than today's. */
export function isOutdated(hash: string): boolean {
	const { cost } = readHash(hash) ?? {};
	return cost?.logN !== COST.logN || cost.r !== COST.r || cost.p !== COST.p;
}

/** What speaks against a new password, if anything does. */
export function passwordFault(password: string, user: string, old?: string): PasswordFault | undefined {
	const [wanted, name] = [plain(password), plain(user)];
	if (Array.from(password.normalize('NFKC')).length < PASSWORD_LENGTH.min) return 'short';
	if (password.length > PASSWORD_LENGTH.max) return 'long';
	if (old !== undefined && old.normalize('NFKC') === password.normalize('NFKC')) return 'same';
	if (name && withoutEnds(wanted) === withoutEnds(name)) return 'name';
	if (name.length >= 3 && wanted.replaceAll(name, '').length < 4) return 'name';
	if (COMMON_PASSWORDS.has(wanted) || COMMON_PASSWORDS.has(withoutEnds(wanted)) || /^(.{1,4})\1+.?$/su.test(wanted)) return 'common';
	return undefined;
}

/** A password to say aloud or to write on a slip: twelve letters and digits that are not taken for one another, about 59 bits. */
export function oneTimePassword(): string {
	const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
	return Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join('-');
}

async function keyOf(password: string, salt: Buffer, { logN, r, p }: Cost): Promise<Buffer> {
	if (running >= AT_ONCE) {
		if (queue.length >= WAITING) throw new TooManyAtOnce('Too many passwords are being looked at');
		await new Promise<void>((resolve) => queue.push(resolve));
	} else running++;
	try {
		return await derive(password.normalize('NFKC'), salt, KEY_LENGTH, { N: 2 ** logN, r, p, maxmem: MEMORY_LIMIT });
	} finally {
		// The place goes to the next one in the queue.
		const next = queue.shift();
		if (next) next();
		else running--;
	}
}

function readHash(hash: string | undefined): { cost: Cost; salt: Buffer; key: Buffer } | undefined {
	const [, logN, r, p, salt, key] = /^scrypt:(\d{1,2}):(\d{1,2}):(\d{1,2}):([\w-]{16,64}):([\w-]{43})$/.exec(hash ?? '') ?? [];
	if (!key || 128 * 2 ** Number(logN) * Number(r) >= MEMORY_LIMIT) return undefined;
	return { cost: { logN: Number(logN), r: Number(r), p: Number(p) }, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') };
}

function plain(text: string): string {
	return text.normalize('NFKC').trim().toLowerCase();
}

/** What people put around a word to make it pass. */
function withoutEnds(text: string): string {
	return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}
