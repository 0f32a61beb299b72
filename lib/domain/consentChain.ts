import { hash } from 'node:crypto';
import type { ConsentRecord } from './consent';

/** What stands before the first record of a chain. */
export const GENESIS = '0'.repeat(64);

/** A record before it is linked: what the hash covers. The id belongs to the database and is not covered. */
export type UnlinkedConsent = Omit<ConsentRecord, 'id' | 'previousHash' | 'hash'>;

/** Every field that is hashed, in this order for ever: another order would break the chains that exist. The type refuses a list with a gap. */
const HASHED: Record<keyof UnlinkedConsent, true> = {
	customerId: true, sequence: true, recordedAt: true, contactPointId: true, channel: true, purpose: true, status: true,
	legalBasis: true, legalBasisNote: true, capturedAt: true, source: true, method: true, operator: true, wordingVersion: true,
	wordingHash: true, noticeVersion: true, language: true, doubleOptInAt: true, evidence: true, effectiveFrom: true, effectiveTo: true,
	withdrawnAt: true, withdrawnHow: true, guardian: true,
};

const HASHED_FIELDS = Object.keys(HASHED) as Array<keyof UnlinkedConsent>;

/** SHA-256, in hex, of the hash before and the record's fields in fixed order; fields without a value are left out. */
export function hashConsent(record: UnlinkedConsent, previousHash: string): string {
	const hashed: unknown[] = [previousHash];
	for (const field of HASHED_FIELDS) if (record[field] !== undefined && record[field] !== null) hashed.push([field, record[field]]);
	return hash('sha256', JSON.stringify(hashed));
}

/** The first record at which a chain does not hold. */
export interface BrokenRecord {
	/** Absent where the record itself is missing. */
	id?: number;
	sequence: number;
	/** `customer`: another customer's record; `sequence`: one is missing, doubled or moved; `previous`: not linked to the one before; `hash`: changed. */
	why: 'customer' | 'sequence' | 'previous' | 'hash';
}

/**
 * Checks one customer's chain, oldest first.
 * @param head the last record as known from elsewhere: a chain alone cannot tell that its end was cut off
 * @returns undefined when all holds
 */
export function verifyChain(records: readonly ConsentRecord[], head?: Pick<ConsentRecord, 'sequence' | 'hash'>): BrokenRecord | undefined {
	let previousHash = GENESIS;
	for (const [index, record] of records.entries()) {
		const why = fault(record, records[0].customerId, index + 1, previousHash);
		if (why) return { id: record.id, sequence: record.sequence, why };
		previousHash = record.hash;
	}
	if (!head) return undefined;
	if (head.sequence !== records.length) return { sequence: Math.min(head.sequence, records.length) + 1, why: 'sequence' };
	return head.hash === previousHash ? undefined : { id: records.at(-1)?.id, sequence: head.sequence, why: 'hash' };
}

function fault(record: ConsentRecord, customerId: number, sequence: number, previousHash: string): BrokenRecord['why'] | undefined {
	if (record.customerId !== customerId) return 'customer';
	if (record.sequence !== sequence) return 'sequence';
	if (record.previousHash !== previousHash) return 'previous';
	return record.hash === hashConsent(record, previousHash) ? undefined : 'hash';
}
