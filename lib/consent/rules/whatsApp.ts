import { STAFF_ANSWER } from '../../domain/occasionKinds';
import { plusMinutes } from '../../domain/time';
import type { Rule, RuleContext } from '../rule';

/* WhatsApp's official Cloud API. Where nobody supplies its facts, because Meta was not asked yet, the rules block. */

const DAY_MINUTES = 1440;

export const optInMissing: Rule = {
	id: 'R29',
	title: 'Whoever gets a WhatsApp message has opted in to it by a wording that names the shop',
	source: 'RULES 29',
	mark: 'law',
	reason: 'WA_OPTIN_MISSING',
	// Who writes first may be answered; the open window is asked for below.
	check: ({ channel, customer, request }) => (channel === 'whatsapp' && request.kind !== STAFF_ANSWER && customer.whatsApp?.optInNamesShop !== true ? { optInNamesShop: false } : undefined),
};

export const windowClosed: Rule = {
	id: 'R30',
	title: 'More than 24 hours after the customer wrote, only a template may be sent; our own template opens no window',
	source: 'RULES 30',
	mark: 'law',
	reason: 'WA_WINDOW_CLOSED',
	check: (context) => {
		if (!isSending(context) || context.request.whatsApp?.template) return undefined;
		return isWindowOpen(context) ? undefined : { lastMessageAt: context.customer.whatsApp?.lastMessageAt ?? null };
	},
};

export const wrongCategory: Rule = {
	id: 'R31',
	title: 'A greeting, a recall and an offer are MARKETING; only a follow-up on something named is UTILITY',
	source: 'RULES 31',
	mark: 'law',
	reason: 'WA_CATEGORY',
	check: (context) => {
		const template = isSending(context) ? context.request.whatsApp?.template : undefined;
		const needed = context.purpose === 'service' ? 'UTILITY' : 'MARKETING';
		// A dearer category than needed does nobody wrong.
		const fits = !template || template.category === needed || template.category === 'MARKETING';
		return fits ? undefined : { category: template.category, needed };
	},
};

export const templateNotApproved: Rule = {
	id: 'R32',
	title: 'Only a template that is approved is sent',
	source: 'RULES 32',
	mark: 'law',
	reason: 'WA_TEMPLATE_STATE',
	check: (context) => {
		const template = isSending(context) ? context.request.whatsApp?.template : undefined;
		return template && template.state !== 'APPROVED' ? { templateState: template.state } : undefined;
	},
};

/** Where nobody knows how many people were written to, none is. Who has written within the day does not count. */
export const limitReached: Rule = {
	id: 'R33',
	title: 'The business portfolio writes to so many people in 24 hours, and to no more',
	source: 'RULES 33',
	mark: 'law',
	reason: 'WA_LIMIT',
	check: (context) => {
		if (!isSending(context) || isWindowOpen(context)) return undefined;
		const { limit, recipients } = context.request.whatsApp?.portfolio ?? { limit: 0, recipients: 0 };
		return limit === 'unlimited' || recipients < limit ? undefined : { limit, recipients };
	},
	retryAt: ({ request: { whatsApp, now } }) => whatsApp?.portfolio?.freeAt ?? plusMinutes(now, DAY_MINUTES),
};

function isWindowOpen({ customer, request: { now } }: RuleContext): boolean {
	const lastMessageAt = customer.whatsApp?.lastMessageAt;
	return lastMessageAt !== undefined && now < plusMinutes(lastMessageAt, DAY_MINUTES);
}

function isSending({ channel, request }: RuleContext): boolean {
	return channel === 'whatsapp' && request.moment === 'send';
}
