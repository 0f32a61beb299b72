import type { Rule } from '../rule';

export const refusalNotOffered: Rule = {
	id: 'R04',
	title: 'What is no service message offers a way to refuse that is as easy as agreeing was',
	source: 'RULES 4; GDPR 7(3)',
	mark: 'law',
	reason: 'OPTOUT_MISSING',
	check: ({ request: { text }, purpose }) => (purpose !== 'service' && text && !text.offersRefusal ? { offersRefusal: false } : undefined),
};

export const senderHidden: Rule = {
	id: 'R06',
	title: 'The text names the shop and a way to reach it',
	source: 'RULES 6; Codice privacy 130(5)',
	mark: 'law',
	reason: 'SENDER_HIDDEN',
	check: ({ request: { text } }) => (text && !text.namesSender ? { namesSender: false } : undefined),
};
