import type { Purpose } from '../../domain/glossary';
import { isLocalDate, plusMonths } from '../../domain/time';
import { consentFor } from '../consentFor';
import { consentFacts } from '../facts';
import type { Rule } from '../rule';

/* Rules about the data that a message goes by. */

export const healthConsentMissing: Rule = {
	id: 'R13',
	title: 'Whoever is chosen by a prescription or an eye condition has explicitly agreed to that',
	source: 'RULES 13; GDPR 9',
	mark: 'law',
	reason: 'HEALTH_CONSENT_MISSING',
	check: ({ request, customer, channel, contactPoint }) => {
		if (!request.uses?.health) return undefined;
		const consent = consentFor(customer.consents, channel, 'health', request.now, contactPoint?.id);
		return consent?.status === 'granted' ? undefined : consentFacts(consent);
	},
};

/**
 * Marketing in the sense of the Garante: offers, greetings, surveys. A recall is none: the customer asked for the reminder, or agreed to it, because of
 * that very purchase, and only its day is used, which the retention keeps for these checks. Service is about the purchase itself.
 */
const GOES_BY_PURCHASE: readonly Purpose[] = ['marketing', 'survey'];

/** Profiling (worth, habits) has its own, shorter time, whatever the message is for. A day that cannot be read is too old. */
export const purchaseTooOld: Rule = {
	id: 'R15',
	title: 'Details of a purchase serve marketing for 24 months, and profiling for 12',
	source: 'RULES 15',
	mark: 'practice',
	settings: ['retention'],
	reason: 'RETENTION_EXPIRED',
	check: ({ request: { uses, today }, purpose, shop: { retention } }) => {
		if (uses?.purchaseOn === undefined || (!uses.profiling && !GOES_BY_PURCHASE.includes(purpose))) return undefined;
		const months = uses.profiling ? Math.min(retention.profilingMonths, retention.purchaseMonths) : retention.purchaseMonths;
		return isLocalDate(uses.purchaseOn) && today <= plusMonths(uses.purchaseOn, months) ? undefined : { purchaseOn: uses.purchaseOn, months };
	},
};

/** On the phone and by letter a person asks, or nobody is addressed by a machine. */
export const asksForConsent: Rule = {
	id: 'R10',
	title: 'An automated message that asks for consent to marketing is marketing itself',
	source: 'RULES 10; Cass. 9920/2022',
	mark: 'practice',
	settings: ['consentRequestIsMarketing'],
	reason: 'CONSENT_REQUEST_IS_MARKETING',
	check: ({ request, customer, channel, contactPoint, shop: { policy } }) => {
		if (!request.asksForConsent || !policy.consentRequestIsMarketing || channel === 'call' || channel === 'letter') return undefined;
		const consent = consentFor(customer.consents, channel, 'marketing', request.now, contactPoint?.id);
		return consent?.status === 'granted' ? undefined : consentFacts(consent);
	},
};
