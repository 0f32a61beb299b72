import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { GENESIS, hashConsent, verifyChain } from '../../../lib/domain/consentChain';
import type { ConsentRecord } from '../../../lib/domain/consent';
import { chain, consent } from '../consent/cases';

const CHAIN = chain([
	consent(),
	consent({ channel: 'sms', operator: 'chiara', evidence: 'scan-12' }),
	consent({ status: 'withdrawn', capturedAt: '2025-01-01T10:00:00.000Z', withdrawnHow: 'one-click' }),
	consent({ capturedAt: '2026-03-01T10:00:00.000Z', contactPointId: 1 }),
]);
const HEAD = CHAIN[CHAIN.length - 1];

/** Every field a record can have, each with a value of its own. */
const FULL: ConsentRecord = {
	id: 1, sequence: 1, recordedAt: 'a', previousHash: GENESIS, hash: '', customerId: 7, contactPointId: 3, channel: 'email', purpose: 'recall',
	status: 'granted', legalBasis: 'b', legalBasisNote: 'c', capturedAt: 'd', source: 'e', method: 'f', operator: 'g', wordingVersion: 'h',
	wordingHash: 'i', noticeVersion: 'j', language: 'k', doubleOptInAt: 'l', evidence: 'm', effectiveFrom: 'n', effectiveTo: 'o',
	withdrawnAt: 'p', withdrawnHow: 'q', guardian: 'r',
};

describe('hashConsent', () => {
	it('stays what it is, so that chains of today can be verified in years', () => {
		expect(hashConsent(FULL, GENESIS)).toBe('efe1e6675d9cbb9a7e52f4197d63728859117ad288a24e70695d56ae5ea4b508');
	});

	it('covers every field but the id and its own hash', () => {
		const hash = hashConsent(FULL, GENESIS);
		for (const field of Object.keys(FULL) as Array<keyof ConsentRecord>) {
			const covered = !['id', 'previousHash', 'hash'].includes(field);
			const changed = { ...FULL, [field]: typeof FULL[field] === 'number' ? 99 : 'other' } as ConsentRecord;
			expect([field, hashConsent(changed, GENESIS) !== hash]).toEqual([field, covered]);
			expect([field, hashConsent({ ...FULL, [field]: undefined } as unknown as ConsentRecord, GENESIS) !== hash]).toEqual([field, covered]);
		}
		expect(hashConsent(FULL, hash)).not.toBe(hash);
	});

	it('knows no order of fields, and no difference between absent, undefined and null', () => {
		const turned = Object.fromEntries(Object.entries(FULL).reverse()) as unknown as ConsentRecord;
		expect(hashConsent(turned, GENESIS)).toBe(hashConsent(FULL, GENESIS));
		const { guardian, ...without } = FULL;
		expect(guardian).toBe('r');
		expect(hashConsent({ ...FULL, guardian: undefined }, GENESIS)).toBe(hashConsent(without, GENESIS));
		expect(hashConsent({ ...FULL, guardian: null } as unknown as ConsentRecord, GENESIS)).toBe(hashConsent(without, GENESIS));
	});
});

describe('verifyChain', () => {
	it('finds nothing in a whole chain, nor in an empty one', () => {
		expect(verifyChain(CHAIN)).toBeUndefined();
		expect(verifyChain(CHAIN, HEAD)).toBeUndefined();
		expect(verifyChain([])).toBeUndefined();
	});

	it('finds any change to any field of any record', () => {
		const field = fc.constantFrom(...(Object.keys(FULL) as Array<keyof ConsentRecord>).filter((name) => name !== 'id'));
		fc.assert(fc.property(fc.nat(CHAIN.length - 1), field, fc.oneof(fc.string(), fc.nat(), fc.constant(undefined)), (index, name, value) => {
			fc.pre(CHAIN[index][name] !== value);
			const changed = CHAIN.with(index, { ...CHAIN[index], [name]: value } as unknown as ConsentRecord);
			expect(verifyChain(changed)?.why).toBeDefined();
		}));
	});

	it('names the record that was changed', () => {
		expect(verifyChain(CHAIN.with(1, { ...CHAIN[1], status: 'granted', operator: 'marco' }))).toEqual({ id: 101, sequence: 2, why: 'hash' });
	});

	it('finds a changed record whose own hash was made to fit, at the next one', () => {
		const changed = { ...CHAIN[1], operator: 'marco' };
		changed.hash = hashConsent(changed, changed.previousHash);
		expect(verifyChain(CHAIN.with(1, changed))).toEqual({ id: 102, sequence: 3, why: 'previous' });
	});

	it.each([0, 1, 2])('finds that record %i was removed', (index) => {
		expect(verifyChain(CHAIN.toSpliced(index, 1))).toEqual({ id: 101 + index, sequence: index + 2, why: 'sequence' });
	});

	it('finds a removed end only by the head known from elsewhere', () => {
		expect(verifyChain(CHAIN.slice(0, 3))).toBeUndefined();
		expect(verifyChain(CHAIN.slice(0, 3), HEAD)).toEqual({ sequence: 4, why: 'sequence' });
		expect(verifyChain([], HEAD)).toEqual({ sequence: 1, why: 'sequence' });
		expect(verifyChain(CHAIN, CHAIN[2])).toEqual({ sequence: 4, why: 'sequence' });
	});

	it('finds a chain that was written anew, by the head known from elsewhere', () => {
		const anew = chain([consent(), consent(), consent(), consent()]);
		expect(verifyChain(anew)).toBeUndefined();
		expect(verifyChain(anew, HEAD)).toEqual({ id: 103, sequence: 4, why: 'hash' });
	});

	it('finds records that were swapped, also when their numbers were swapped with them', () => {
		for (const [one, other] of [[0, 1], [1, 2], [2, 3], [0, 3]]) {
			const swapped = CHAIN.with(one, CHAIN[other]).with(other, CHAIN[one]);
			expect(verifyChain(swapped)?.sequence).toBe(other + 1);
			const renumbered = swapped.map((record, index) => ({ ...record, sequence: index + 1 }));
			expect(verifyChain(renumbered)?.sequence).toBe(one + 1);
		}
	});

	it("finds another customer's record in the chain", () => {
		expect(verifyChain(CHAIN.with(2, { ...CHAIN[2], customerId: 8 }))).toEqual({ id: 102, sequence: 3, why: 'customer' });
	});
});

test('fields without a value are left out of the hash, and the others are written as JSON', () => {
	const record = { customerId: 7, sequence: 1, recordedAt: '2026-11-22T08:00:00.000Z', channel: 'email', purpose: 'marketing', status: 'granted', legalBasis: 'consent', capturedAt: '2023-02-03T00:00:00.000Z', source: 'import', noticeVersion: '2024-01', method: undefined } as const;
	const hashed = `["${GENESIS}",["customerId",7],["sequence",1],["recordedAt","2026-11-22T08:00:00.000Z"],["channel","email"],["purpose","marketing"],["status","granted"],["legalBasis","consent"],["capturedAt","2023-02-03T00:00:00.000Z"],["source","import"],["noticeVersion","2024-01"]]`;
	expect(hashConsent(record, GENESIS)).toBe(createHash('sha256').update(hashed).digest('hex'));
});
