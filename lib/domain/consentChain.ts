import { createHash } from 'node:crypto';
import type { ConsentRecord } from './consent';
export const GENESIS = '0'.repeat(64);
export function hashConsent(record: Omit<ConsentRecord, 'id' | 'hash' | 'previousHash'>, previousHash: string): string {
	return createHash('sha256').update(JSON.stringify([previousHash, record])).digest('hex');
}
