import type { ConsentRecord, ContactPointFact, CustomerFacts, DecisionRequest, NewConsent, TextFacts } from '../../../lib/domain/consent';
import { STRICT_POLICY } from '../../../lib/domain/consent';
import { GENESIS, hashConsent } from '../../../lib/domain/consentChain';
import { USUAL_RETENTION } from '../../../lib/domain/retention';
import type { ShopRules } from '../../../lib/consent/rule';

/** A Tuesday, ten in the morning in Italy. */
export const TODAY = '2026-11-24';
export const NOW = '2026-11-24T09:00:00.000Z';

export const EMAIL: ContactPointFact = { id: 1, kind: 'email', status: 'valid', preferred: true, suppressedFor: [] };
const MOBILE: ContactPointFact = { id: 2, kind: 'phone', line: 'mobile', status: 'valid', preferred: true, suppressedFor: [] };
const ADDRESS: ContactPointFact = { id: 3, kind: 'address', status: 'valid', preferred: true, suppressedFor: [] };

/** A shop with one notice and the strict policy. */
export function shop(): ShopRules {
	return {
		policy: { ...STRICT_POLICY },
		retention: { ...USUAL_RETENTION },
		timeZone: 'Europe/Rome',
		smsAlias: 'Belvedere',
		privacyNotices: [{ version: 'N1', purposes: ['service', 'recall', 'marketing', 'survey'], publishedOn: '2020-01-01' }],
	};
}

/** An adult who can be reached and has said nothing. */
export function customer(consents: ConsentRecord[] = []): CustomerFacts {
	return { customerId: 7, birthDate: '1980-03-04', deceased: false, contactPoints: structuredClone([EMAIL, MOBILE, ADDRESS]), consents, contacts: [] };
}

export function birthdayByEmail(changes: Partial<DecisionRequest> = {}): DecisionRequest {
	return { class: 'relational', kind: 'birthday', channels: ['email'], moment: 'plan', today: TODAY, now: NOW, ...changes };
}

/** A text that has all it needs. */
export const GOOD_TEXT: TextFacts = { offersRefusal: true, namesSender: true, healthDetail: false, oneClickRefusal: true };

/** A consent as people give it on paper, with a scan: marketing by e-mail, under notice N1. */
export function consent(changes: Partial<NewConsent> = {}): NewConsent {
	return {
		customerId: 7, channel: 'email', purpose: 'marketing', status: 'granted', legalBasis: 'consent',
		capturedAt: '2024-05-01T00:00:00.000Z', source: 'desk', method: 'paper', evidence: 'scan 1', noticeVersion: 'N1', ...changes,
	};
}

/** A chain as the store would write it, in the order given; each is recorded when it was said unless told otherwise. */
export function chain(consents: Array<NewConsent & { recordedAt?: string }>): ConsentRecord[] {
	const records: ConsentRecord[] = [];
	for (const [index, given] of consents.entries()) {
		const unlinked = { ...given, sequence: index + 1, recordedAt: given.recordedAt ?? given.capturedAt };
		const previousHash = records[index - 1]?.hash ?? GENESIS;
		records.push({ ...unlinked, id: 100 + index, previousHash, hash: hashConsent(unlinked, previousHash) });
	}
	return records;
}

/** How often a property is tried: less where each test runs hundreds of times, in mutation testing. */
export function runs(numRuns: number): { numRuns: number } {
	return { numRuns: process.env.FEW_RUNS ? Math.min(numRuns, 25) : numRuns };
}
