import type { Rule } from '../rule';

/* Rules about the finished text: they have nothing to say of a plan. What nobody found out about a text counts against it. */

export const refusalNotOffered: Rule = {
	id: 'R04',
	title: 'What is no service message offers a way to refuse that is as easy as agreeing was',
	source: 'RULES 4; GDPR 7(3)',
	mark: 'law',
	reason: 'OPTOUT_MISSING',
	check: ({ request: { text }, purpose }) => (purpose !== 'service' && text && text.offersRefusal !== true ? { offersRefusal: false } : undefined),
};

export const senderHidden: Rule = {
	id: 'R06',
	title: 'The text names the shop and a way to reach it',
	source: 'RULES 6; Codice privacy 130(5)',
	mark: 'law',
	reason: 'SENDER_HIDDEN',
	check: ({ request: { text } }) => (text && text.namesSender !== true ? { namesSender: false } : undefined),
};

export const healthInBody: Rule = {
	id: 'R14',
	title: 'No text holds dioptres, a diagnosis, acuity, an axis or an addition',
	source: 'RULES 14; GDPR 9',
	mark: 'ours',
	settings: ['healthDetailsInText'],
	reason: 'HEALTH_IN_BODY',
	check: ({ request: { text }, shop: { policy } }) => (text && text.healthDetail !== false && !policy.healthDetailsInText ? { healthDetail: true } : undefined),
};

export const noOneClick: Rule = {
	id: 'R27',
	title: 'Marketing by e-mail carries the headers of one-click refusal, with an address over https',
	source: 'RULES 27; RFC 8058',
	mark: 'law',
	reason: 'UNSUB_HEADERS',
	check: ({ request: { text }, channel, purpose }) =>
		channel === 'email' && purpose !== 'service' && text && text.oneClickRefusal !== true ? { oneClickRefusal: false } : undefined,
};
