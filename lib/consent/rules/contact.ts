import { CONTACT_POINT_OF_CHANNEL } from '../../domain/glossary';
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
	id: 'R28',
	title: 'An address that bounced for good is not used again',
	source: 'RULES 28; RFC 3463, class 5',
	mark: 'practice',
	reason: 'HARD_BOUNCE',
	check: ({ contactPoint }) => (contactPoint?.status === 'bounced' ? { contactPointStatus: 'bounced' } : undefined),
};
