import type Handlebars from 'handlebars';
import { FORMALITIES, type Formality, type Language, LANGUAGES } from '../../domain/glossary';
import { contactFor } from '../contact';
import { compile, runtime } from '../engine';
import { readTemplateFile } from '../files';
import { splitFrontMatter } from '../parse';
import type { MessageDraft } from './draft';

/** The channels whose footer is plain text; that of an e-mail stands in its HTML too. */
export type FooterChannel = 'sms' | 'whatsapp' | 'letter' | 'call' | 'push';

interface Footer {
	/** How to refuse further messages. */
	refuse: Handlebars.TemplateDelegate;
	/** Why this customer gets the message; letters only, where there is room for it. */
	why?: Handlebars.TemplateDelegate;
	text: Handlebars.TemplateDelegate;
}

const compiled = new Map<string, Footer>();

/** Who writes and how to refuse, on this channel, from `templates/<language>/<channel>-footer.hbs`. */
export function footerOf(channel: FooterChannel, draft: MessageDraft, refusalUrl: string | undefined): string {
	const { language, formality, class: cls, basis, shop } = draft;
	const { refuse, why, text } = footer(channel, language);
	const input = { shop: contactFor(shop, language), class: cls, basis, formality, refusalUrl };
	const options = runtime(language);
	return text({ ...input, why: why?.(input, options).trim(), refuse: cls === 'service' ? undefined : refuse(input, options).trim() }, options).trim();
}

/** Every sentence with which the footers of a channel, in all languages and forms, tell how to refuse. */
export function refusalSentences(channel: FooterChannel): string[] {
	return LANGUAGES.flatMap((language) => FORMALITIES.map((formality: Formality) => footer(channel, language).refuse({ formality }, runtime(language)).trim()));
}

function footer(channel: FooterChannel, language: Language): Footer {
	const file = `${language}/${channel}-footer.hbs`;
	const known = compiled.get(file);
	if (known) return known;
	const { fields, text } = splitFrontMatter(readTemplateFile(file), `templates/${file}`);
	const { refuse, why } = fields as { refuse: string; why?: string };
	const read: Footer = { refuse: compile(refuse), why: why === undefined ? undefined : compile(why), text: compile(text) };
	compiled.set(file, read);
	return read;
}
