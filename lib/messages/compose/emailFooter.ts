import type Handlebars from 'handlebars';
import type { Formality, Language, MessageClass } from '../../domain/glossary';
import type { ShopContact } from '../contact';
import { compile, runtime } from '../engine';
import { readTemplateFile } from '../files';
import { splitFrontMatter } from '../parse';

/** The footer of an e-mail: the whole plain text, and the sentences that the HTML shows too. */
export interface EmailFooter {
	text: string;
	/** Why this customer gets this message. */
	why: string;
	/** Label of the link that refuses further messages. */
	refuseLink: string;
}

interface FooterInput {
	shop: ShopContact;
	class: MessageClass;
	/** What the decision was taken on; absent where none is known: then the footer claims none. */
	basis: string | undefined;
	formality: Formality;
	refusalUrl: string | undefined;
}

const SENTENCES = ['why', 'refuse', 'refuseLink'] as const;
type Sentence = (typeof SENTENCES)[number];

const compiled = new Map<Language, Record<Sentence | 'text', Handlebars.TemplateDelegate>>();

/** Writes the footer in a language, from `templates/<language>/email-footer.hbs`. */
export function emailFooter(language: Language, input: FooterInput): EmailFooter {
	const footer = compiled.get(language) ?? read(language);
	const options = runtime(language);
	const [why, refuse, refuseLink] = SENTENCES.map((name) => footer[name](input, options).trim()) as [string, string, string];
	return { why, refuseLink, text: footer.text({ ...input, why, refuse }, options).trim() };
}

function read(language: Language): Record<Sentence | 'text', Handlebars.TemplateDelegate> {
	const file = `${language}/email-footer.hbs`;
	const { fields, text } = splitFrontMatter(readTemplateFile(file), `templates/${file}`);
	const sentences = fields as Record<Sentence, string>;
	const footer = { why: compile(sentences.why), refuse: compile(sentences.refuse), refuseLink: compile(sentences.refuseLink), text: compile(text) };
	compiled.set(language, footer);
	return footer;
}
