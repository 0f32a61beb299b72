import Handlebars from 'handlebars';
import { FORMALITIES, type Formality } from '../domain/glossary';

/** One wording of a WhatsApp text, as Meta gets it: a template of its own for each form of address. */
export interface WhatsAppWording {
	/** Absent where the text is the same for both. */
	formality?: Formality;
	/** Words and plain variables, `{{group.field}}`, and nothing else. */
	body: string;
}

/** Characters that Meta takes in the text of a template. */
const LONGEST_BODY = 1024;
const CHOICE = /^\{\{#if \(eq customer\.formality "(lei|tu)"\)\}\}([\s\S]*)\{\{else\}\}([\s\S]*)\{\{\/if\}\}$/;

/** The wordings of a WhatsApp text: one, or one for each form of address where the whole text is chosen by `customer.formality`. */
export function whatsAppWordings(body: string): WhatsAppWording[] {
	const [, formality, one, other] = CHOICE.exec(body) ?? [];
	if (formality === undefined) return [{ body }];
	return [
		{ formality: formality as Formality, body: one.trim() },
		{ formality: FORMALITIES.find((each) => each !== formality), body: other.trim() },
	];
}

/** What Meta, which approves a fixed text with places for values, could not take in a WhatsApp text. */
export function whatsAppBodyProblems(body: string): string[] {
	return whatsAppWordings(body).flatMap(({ formality, body: wording }) => problemsOf(wording).map((problem) => (formality ? `in the wording for ${formality}, ${problem}` : problem)));
}

function problemsOf(wording: string): string[] {
	const statements = Handlebars.parse(wording).body;
	const problems: string[] = [];
	if (!statements.every(isPlain)) {
		problems.push('WhatsApp takes plain variables only, and one choice around the whole text, {{#if (eq customer.formality "lei")}}...{{else}}...{{/if}}');
	}
	if (/^\{\{|\}\}$/.test(wording)) problems.push('WhatsApp takes no text that begins or ends with a variable');
	if (/\}\}\s*\{\{/.test(wording)) problems.push('WhatsApp takes no two variables without a word between them');
	if (wording.length > LONGEST_BODY) problems.push(`WhatsApp takes at most ${LONGEST_BODY} characters`);
	if (!wording.includes('{{shop.name}}')) problems.push('it should name the shop with {{shop.name}} (rule 6)');
	return problems;
}

function isPlain(statement: hbs.AST.Statement): boolean {
	return statement.type === 'ContentStatement' || (statement.type === 'MustacheStatement' && (statement as hbs.AST.MustacheStatement).params.length === 0);
}
