import type { Rule } from '../rule';

/* The shop's own phone, linked as a device: no channel for campaigns. */

export const unofficialMarketing: Rule = {
	id: 'R39a',
	title: 'A linked device is off unless the shop switches it on, and carries service messages only',
	source: 'RULES 39',
	mark: 'ours',
	settings: ['whatsAppLinked'],
	reason: 'UNOFFICIAL_MARKETING',
	check: ({ channel, purpose, shop: { policy } }) =>
		channel === 'whatsappLinked' && (purpose !== 'service' || policy.whatsAppLinked !== true) ? { whatsAppLinked: policy.whatsAppLinked === true } : undefined,
};

export const unofficialCold: Rule = {
	id: 'R39b',
	title: 'A linked device writes only to people who have written to the shop',
	source: 'RULES 39',
	mark: 'ours',
	reason: 'UNOFFICIAL_COLD',
	check: ({ channel, customer }) => (channel === 'whatsappLinked' && customer.whatsApp?.lastMessageAt === undefined ? { lastMessageAt: null } : undefined),
};
