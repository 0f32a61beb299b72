import { Parser } from 'htmlparser2';
import { STRICT_POLICY } from '../../../lib/domain/consent';
import { USUAL_RETENTION } from '../../../lib/domain/retention';
import { USUAL_ROLLOUT } from '../../../lib/domain/rolloutSettings';
import type { ItemCustomer, ItemOccasion } from '../../../lib/domain/item';
import type { Shop } from '../../../lib/domain/shop';
import { type Channel, hasSubject } from '../../../lib/domain/glossary';
import type { MessageDraft } from '../../../lib/messages/compose';
import type { EmailDraft } from '../../../lib/messages/compose/email';
import type { MessageVariables } from '../../../lib/messages/values';

export const shop: Shop = {
	id: 1, code: 'main', name: "Ottica Bellavista & Figli", street: "Via dell'Arco 18", postalCode: '37121', town: 'Verona', province: 'VR', country: 'IT',
	phone: '+390458001234', email: 'ciao@otticabellavista.example', timeZone: 'Europe/Rome', language: 'it', formality: 'lei', signature: 'Chiara e Marco',
	privacyNotices: [], policy: STRICT_POLICY, retention: USUAL_RETENTION, rollout: USUAL_ROLLOUT,
};

export const refusalUrl = 'https://otticabellavista.example/webhook/r/8Kq3m1xV7tZp?p=marketing&c=email';

export function variables(customer: Partial<ItemCustomer> = {}, occasion: Partial<ItemOccasion> = {}): MessageVariables {
	return {
		customer: { id: 7, firstName: 'Giulia', lastName: 'Conti', sex: 'F', language: 'it', formality: 'lei', ...customer },
		occasion: { kind: 'birthday', dueOn: '2026-11-22', stage: 1, class: 'relational', daysLate: 0, turns: 43, ...occasion },
		shop,
	};
}

export function draft(changes: Partial<EmailDraft> = {}): EmailDraft {
	return { subject: 'Auguri', body: 'Cara Giulia,\n\ntanti auguri.', language: 'it', formality: 'lei', class: 'relational', basis: 'consent', shop, refusalUrl, ...changes };
}

/** A draft for any channel, with a subject where there is one. */
export function messageDraft(channel: Channel, changes: Partial<MessageDraft> = {}): MessageDraft {
	const { subject, ...others } = draft();
	return { ...others, channel, ...(hasSubject(channel) && { subject }), ...changes };
}

/** What a parser sees in HTML: the elements with their attributes, and each text as a person reads it. */
export function readHtml(html: string): { tags: string[]; texts: string[]; links: string[] } {
	const [tags, texts, links]: string[][] = [[], [], []];
	let open = '';
	const parser = new Parser({
		onopentag(name, attributes) {
			tags!.push(`${name} ${Object.keys(attributes).sort().join(' ')}`);
			if (attributes.href !== undefined) links!.push(attributes.href);
			open = name;
		},
		onclosetag: () => (open = ''),
		oncomment: (comment) => tags!.push(`comment ${comment}`),
		ontext(text) {
			if (open === 'style') return;
			texts!.push(text);
		},
	});
	parser.end(html);
	return { tags: tags!, texts: texts!.join('').split('\n').map((text) => text.trim()).filter(Boolean), links: links! };
}
