import type Handlebars from 'handlebars';
import { CrmError } from '../../domain/errors';
import type { Formality, Language, MessageClass } from '../../domain/glossary';
import type { Shop } from '../../domain/shop';
import { LOGO_CID, shownWidth } from '../../domain/shopLogo';
import { cleanLine, cleanText } from '../clean';
import { contactFor } from '../contact';
import { compile, runtime } from '../engine';
import { readTemplateFile } from '../files';
import { paragraphsOf } from '../paragraphs';
import { checkedRefusalUrl } from '../refusalAddress';
import { emailFooter } from './emailFooter';

/** The parts of an e-mail that are written for one customer. */
export interface EmailDraft {
	subject: string;
	/** Without one, mailboxes show how the text begins. */
	preheader?: string;
	/** Plain text, paragraphs parted by empty lines; from the template or as the staff left it. For a button see `paragraphsOf`. */
	body: string;
	language: Language;
	formality: Formality;
	class: MessageClass;
	/** The legal basis of the decision to write: the footer tells it. */
	basis?: string;
	shop: Shop;
	/** Where this customer refuses further messages of this purpose. Only a service message can do without. */
	refusalUrl?: string;
}

/** An e-mail as it will arrive: the text has signature and footer, the HTML says the same. */
export interface Email {
	subject: string;
	text: string;
	html: string;
}

const LONGEST_PREHEADER = 120;
let layout: Handlebars.TemplateDelegate | undefined;

/**
 * Puts signature and footer around a text, and lays it out. Used after rendering and again after the staff edited it, so that
 * nobody can take the shop's contact (rule 6) or the refusal link (rule 4) away.
 *
 * @throws CrmError if subject or text is empty, or the refusal link is missing or no web address
 */
export function composeEmail(draft: EmailDraft): Email {
	const subject = cleanLine(draft.subject);
	const body = cleanText(draft.body);
	if (subject === '') throw new CrmError('The e-mail has no subject.', 'Write a subject.');
	if (body === '') throw new CrmError('The e-mail has no text.', 'Write a text, or reject the message.');

	const refusalUrl = checkedRefusalUrl(draft);
	const shop = contactFor(draft.shop, draft.language);
	const signature = cleanText(draft.shop.signature ?? '') || shop.name;
	const footer = emailFooter(draft.language, { shop, class: draft.class, basis: draft.basis, formality: draft.formality, refusalUrl });
	layout ??= compile(readTemplateFile('layout/email.html.hbs'), true);
	const html = layout(
		{
			language: draft.language,
			subject,
			preheader: cleanLine(draft.preheader ?? '') || beginning(body),
			paragraphs: paragraphsOf(body),
			signature: paragraphsOf(signature),
			shop,
			// Only where it is: the picture itself is put in when the message leaves.
			logo: draft.shop.logo && { cid: LOGO_CID, width: shownWidth(draft.shop.logo) },
			footer,
			refusalUrl,
		},
		runtime(draft.language),
	);
	return { subject, text: `${body}\n\n${signature}\n\n${footer.text}\n`, html };
}

/** How a text begins, cut after a whole word. */
function beginning(text: string): string {
	const line = cleanLine(text.replace(/\n/g, ' '));
	if (line.length <= LONGEST_PREHEADER) return line;
	const lastSpace = line.lastIndexOf(' ', LONGEST_PREHEADER);
	return line.slice(0, lastSpace > 0 ? lastSpace : LONGEST_PREHEADER);
}
