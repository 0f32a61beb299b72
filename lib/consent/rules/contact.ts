import type { ContactPointFact } from '../../domain/consentFacts';
import { CONTACT_POINT_OF_CHANNEL } from '../../domain/glossary';
import type { Instant } from '../../domain/time';
import type { Rule } from '../rule';

export const noContactPoint: Rule = {
	id: 'C01',
	title: 'The channel needs an address or number that works; SMS and WhatsApp a mobile one',
	source: 'RULES, Reason codes',
	mark: 'ours',
	reason: 'CONTACT_INVALID',
	check: ({ contactPoint, channel }) => {
		if (contactPoint && contactPoint.status !== 'invalid') return undefined;
		return { contactPointKind: CONTACT_POINT_OF_CHANNEL[channel], contactPointStatus: contactPoint?.status ?? 'none' };
	},
};

export const bounced: Rule = {
	id: 'R28a',
	title: 'An address that bounced for good is not used again, nor a number on the channel where it does not work',
	source: 'RULES 28; RULES, error 131026',
	mark: 'practice',
	reason: 'HARD_BOUNCE',
	check: ({ contactPoint, channel }) => (contactPoint?.status === 'bounced' || contactPoint?.unreachable?.includes(channel) ? { contactPointStatus: 'bounced' } : undefined),
};

export const softBounced: Rule = {
	id: 'R28b',
	title: 'An address that could not take a message just now is left alone for a while',
	source: 'RULES 28',
	mark: 'practice',
	reason: 'RETRY_LATER',
	check: ({ contactPoint, request }) => (isPaused(contactPoint, request.now) ? { retryAfter: contactPoint?.retryAfter ?? null } : undefined),
	retryAt: ({ contactPoint, request }) => contactPoint?.retryAfter ?? request.now,
};

function isPaused(contactPoint: ContactPointFact | undefined, now: Instant): boolean {
	return contactPoint?.retryAfter !== undefined && contactPoint.retryAfter > now;
}
