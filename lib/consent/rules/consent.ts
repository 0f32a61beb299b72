import { plusMonths } from '../../domain/time';
import { RECORDED_BASES } from '../basis';
import { coversPurpose } from '../consentFor';
import { consentFacts } from '../facts';
import type { Rule, RuleContext } from '../rule';

/* Rules for messages that need consent. The special reasons are asked before the general one; each of them alone would be covered by it. */

export const bundled: Rule = {
	id: 'R09',
	title: 'A yes to several purposes or channels at once is no consent to any of them',
	source: 'RULES 9; Garante 130/2024',
	mark: 'practice',
	reason: 'CONSENT_NOT_SPECIFIC',
	check: ({ basis, consent, customer, channel, purpose }) => {
		if (basis !== 'consent' || (consent && consent.status !== 'unknown' && consent.status !== 'pending')) return undefined;
		const found = customer.consents.find(
			(record) =>
				record.status === 'granted' && (record.purpose === 'any' || record.channel === 'any') && coversPurpose(record.purpose, purpose) && (record.channel === channel || record.channel === 'any'),
		);
		return found && consentFacts({ record: found, status: found.status });
	},
};

export const unknownIsNoConsent: Rule = {
	id: 'R18',
	title: 'Unknown is never granted: neither a blank nor an unconfirmed opt-in is one',
	source: 'RULES 18',
	mark: 'ours',
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

export const consentAged: Rule = {
	id: 'C04',
	title: 'Where the shop sets it, a consent ends by its age alone',
	source: 'RULES 18',
	mark: 'practice',
	settings: ['consentMonths'],
	reason: 'CONSENT_EXPIRED',
	check: (context) => {
		const { consent, shop, request } = context;
		if (!isGranted(context) || !consent || shop.policy.consentMonths === 0) return undefined;
		const endsOn = plusMonths(consent.record.capturedAt.slice(0, 10), shop.policy.consentMonths);
		return endsOn > request.today ? undefined : { ...consentFacts(consent), consentMonths: shop.policy.consentMonths };
	},
};

/** Online: nobody saw who clicked. In the shop: nobody else can show later who signed. An import without a method is the shop program's own record. */
export const proofWeak: Rule = {
	id: 'R12',
	title: 'An online consent wants a double opt-in; one taken down in the shop wants a signed scan or a one-time code',
	source: 'RULES 12; Garante 330/2025',
	mark: 'practice',
	settings: ['onlineNeedsDoubleOptIn', 'paperNeedsEvidence'],
	reason: 'PROOF_WEAK',
	check: (context) => {
		const { consent, shop: { policy } } = context;
		if (!isGranted(context) || !consent || consent.record.doubleOptInAt !== undefined) return undefined;
		const { method = '', source, evidence } = consent.record;
		const online = ONLINE.includes(method) || ONLINE.includes(source);
		const weak = online ? policy.onlineNeedsDoubleOptIn : IN_SHOP.includes(method) || IN_SHOP.includes(source) ? policy.paperNeedsEvidence && !evidence : false;
		return weak ? { ...consentFacts(consent), online } : undefined;
	},
};

const ONLINE: readonly string[] = ['web-form', 'online', 'one-click', 'app', 'double-opt-in', 'website'];
const IN_SHOP: readonly string[] = ['paper', 'spoken', 'tablet', 'staff', 'desk'];

/** A basis that the rules do not know may be a good one; that is for a person to say, unless the customer has said something since. */
export const basisUncertain: Rule = {
	id: 'C03',
	title: 'A record that names a legal basis unknown to the rules goes to a person',
	source: 'RULES, Reason codes',
	mark: 'ours',
	reason: 'BASIS_UNCERTAIN',
	check: ({ basis, consent, customer, channel, purpose }) => {
		if (basis !== 'consent' || consent) return undefined;
		const found = customer.consents.find(
			(record) => record.status === 'granted' && record.channel === channel && record.purpose === purpose && !RECORDED_BASES.includes(record.legalBasis),
		);
		return found && { ...consentFacts({ record: found, status: found.status }), recordedBasis: found.legalBasis };
	},
};

export const surveyWithoutConsent: Rule = {
	id: 'R11',
	title: 'A satisfaction survey needs consent',
	source: 'RULES 11 and the table of legal bases',
	mark: 'practice',
	settings: ['surveyNeedsConsent'],
	reason: 'SURVEY_NO_CONSENT',
	check: (context) => (context.purpose === 'survey' && isMissing(context) ? consentFacts(context.consent) : undefined),
};

export const recallWithoutConsent: Rule = {
	id: 'R16',
	title: "A recall needs consent to recalls, or the customer's own request",
	source: 'RULES 16',
	mark: 'ours',
	settings: ['recallNeedsConsent'],
	reason: 'RECALL_NO_CONSENT',
	check: (context) => (context.purpose === 'recall' && isMissing(context) ? consentFacts(context.consent) : undefined),
};

/** The net under the others: where consent is the basis, whatever is not granted blocks. */
export const consentMissing: Rule = {
	id: 'R07',
	title: 'What is no service message needs a consent for this channel and purpose',
	source: 'RULES 7 and the table of legal bases; Codice privacy 130(1-2)',
	mark: 'law',
	reason: 'CONSENT_MISSING',
	check: (context) => (isMissing(context) ? consentFacts(context.consent) : undefined),
};

function isMissing({ basis, consent }: RuleContext): boolean {
	return basis === 'consent' && consent?.status !== 'granted';
}

function isGranted({ basis, consent }: RuleContext): boolean {
	return basis === 'consent' && consent?.status === 'granted';
}
