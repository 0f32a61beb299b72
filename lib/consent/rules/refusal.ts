import { coversPurpose } from '../consentFor';
import { consentFacts } from '../facts';
import type { Rule } from '../rule';

/**
 * Stops what the customer objected to or withdrew from, and any address on the suppression list. A service message needs no consent, so an
 * objection to marketing, or to everything, does not stop it; only a no to service itself does, and there a denial is an objection too.
 */
export const objected: Rule = {
	id: 'R03',
	title: 'A refusal for this purpose and channel, or for all, is absolute',
	source: 'RULES 3, 29; GDPR 21(2-3)',
	mark: 'law',
	reason: 'OBJECTED',
	check: ({ consent, contactPoint, purpose, basis }) => {
		const refused = consent?.status === 'objected' || consent?.status === 'withdrawn' || (consent?.status === 'denied' && basis === 'contract');
		if (refused) return consentFacts(consent);
		const suppressed = contactPoint?.suppressedFor.some((stated) => coversPurpose(stated, purpose));
		return suppressed ? { suppressed } : undefined;
	},
};

/** Where the shop's policy takes something for its legitimate interest, a denied consent is still a no. */
export const interestDenied: Rule = {
	id: 'R17',
	title: 'A birthday greeting counts as marketing unless the policy says otherwise, and even then nobody who said no is greeted',
	source: 'RULES 17; GDPR 21(2-3)',
	mark: 'ours',
	settings: ['birthdayIsMarketing', 'recallNeedsConsent', 'surveyNeedsConsent'],
	reason: 'OBJECTED',
	check: ({ consent, basis }) => (basis === 'legitimate-interest' && consent?.status === 'denied' ? consentFacts(consent) : undefined),
};
