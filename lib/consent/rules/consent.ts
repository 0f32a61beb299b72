import { consentFacts } from '../facts';
import type { Rule } from '../rule';

export const unknownIsNoConsent: Rule = {
	id: 'R18',
	title: 'Unknown is never granted: neither a blank nor an unconfirmed opt-in is one',
	source: 'RULES 18; GDPR recital 32',
	mark: 'law',
	reason: 'CONSENT_MISSING',
	check: ({ basis, consent }) =>
		basis === 'consent' && (consent?.status === 'unknown' || consent?.status === 'pending') ? consentFacts(consent) : undefined,
};

export const consentExpired: Rule = {
	id: 'C02',
	title: 'A consent given until a day ends on that day',
	source: 'RULES, Reason codes',
	mark: 'ours',
	reason: 'CONSENT_EXPIRED',
	check: ({ basis, consent }) =>
		basis === 'consent' && consent?.status === 'expired' ? { ...consentFacts(consent), effectiveTo: consent.record.effectiveTo ?? null } : undefined,
};

/** The net under the others: where consent is the basis, whatever is not granted blocks. Recall stands here until rule 16 has its own reason. */
export const consentMissing: Rule = {
	id: 'R07',
	title: 'What is no service message needs a consent for this channel and purpose',
	source: 'RULES 7 and the table of legal bases; Codice privacy 130(1-2)',
	mark: 'law',
	reason: 'CONSENT_MISSING',
	check: ({ basis, consent }) => (basis === 'consent' && consent?.status !== 'granted' ? consentFacts(consent) : undefined),
};
