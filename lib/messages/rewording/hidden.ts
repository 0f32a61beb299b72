import Handlebars from 'handlebars';
import type { ModelVariable } from '../../domain/modelMaySee';
import { compile, runtime } from '../engine';
import { paragraphs } from '../render';
import type { Template } from '../template';
import { declaredValues, type MessageVariables } from '../values';

/** A text without what is the customer's own: `[[customer.name]]` stands where a value stood, or wording that a value has chosen. */
export interface HiddenText {
	text: string;
	/** What each placeholder, with its brackets, stands for. */
	values: ReadonlyMap<string, string>;
}

/** A placeholder, and all that looks like a broken one. */
export const PLACEHOLDER = /\[\[[a-zA-Z]+\.[a-zA-Z]+(?:#\d+)?\]\]/g;

/* Control characters: neither a cleaned value nor a cleaned template holds one. */
const [BEGIN, MIDDLE, END] = ['\u0002', '\u0003', '\u0004'];
const MARKED = new RegExp(`${BEGIN}([^${MIDDLE}]*)${MIDDLE}([^${END}]*)${END}`, 'g');

/** The whole text is written in one form of address and one language: hiding them would hide everything. */
const ALWAYS_SEEN: readonly string[] = ['customer.formality', 'customer.language'];

/** One entry for each template and set of variables that this process has used: both are few. Emptied when a shop writes many templates anew. */
const compiled = new Map<string, Handlebars.TemplateDelegate>();
const MOST_COMPILED = 500;

/**
 * The body of a template for one customer, as a language model may see it. What each variable writes is hidden by where the template writes it,
 * and not by looking for its value: a name that is also a word of the text hides nothing else. Filling the values in again gives the very text that `renderMessage` writes.
 *
 * @param maySee the variables that the shop lets a model see
 * @throws CrmError as `renderMessage`
 */
export function hiddenBody(template: Template, variables: MessageVariables, maySee: readonly ModelVariable[]): HiddenText {
	const marked = markedTemplate(template, maySee)(declaredValues(template, variables), runtime(template.locale));
	const values = new Map<string, string>();
	const text = marked.replace(MARKED, (_, name: string, value: string) => {
		const core = value.trim();
		if (core === '') return value;
		const placeholder = nextPlaceholder(name, values);
		values.set(placeholder, core);
		return value.replace(core, () => placeholder);
	});
	return { text: paragraphs(text), values };
}

/** Puts the values back in place of their placeholders. */
export function fillIn(text: string, values: HiddenText['values']): string {
	return paragraphs(text.replace(PLACEHOLDER, (placeholder) => values.get(placeholder) ?? placeholder));
}

function nextPlaceholder(name: string, values: HiddenText['values']): string {
	for (let count = 1; ; count++) {
		const placeholder = count === 1 ? `[[${name}]]` : `[[${name}#${count}]]`;
		if (!values.has(placeholder)) return placeholder;
	}
}

function markedTemplate({ body }: Template, maySee: readonly ModelVariable[]): Handlebars.TemplateDelegate {
	const key = JSON.stringify([[...maySee].sort(), body]);
	const known = compiled.get(key);
	if (known) return known;
	if (compiled.size >= MOST_COMPILED) compiled.clear();
	const program = Handlebars.parse(body);
	mark(program, new Set([...ALWAYS_SEEN, ...maySee]));
	const written = compile(program);
	compiled.set(key, written);
	return written;
}

/** Puts marks around everything that reads a variable which may not be seen: what it writes, or the wording that it chooses. */
function mark(program: hbs.AST.Program, seen: ReadonlySet<string>): void {
	program.body = program.body.flatMap((statement) => {
		const name = namesRead(statement).find((each) => !seen.has(each));
		if (name !== undefined) return [content(`${BEGIN}${name}${MIDDLE}`, statement), statement, content(END, statement)];
		if (statement.type === 'BlockStatement') {
			const { program: then, inverse } = statement as hbs.AST.BlockStatement;
			for (const branch of [then, inverse]) if (branch) mark(branch, seen);
		}
		return [statement];
	});
}

/** The variables that a statement itself reads; those of the texts inside a block are not among them. */
function namesRead({ type, ...statement }: hbs.AST.Statement): string[] {
	if (type === 'MustacheStatement') {
		const { path, params } = statement as unknown as hbs.AST.MustacheStatement;
		return params.length === 0 ? pathsIn(path) : params.flatMap(pathsIn);
	}
	return type === 'BlockStatement' ? (statement as unknown as hbs.AST.BlockStatement).params.flatMap(pathsIn) : [];
}

function pathsIn(expression: hbs.AST.Expression): string[] {
	if (expression.type === 'PathExpression') return [(expression as hbs.AST.PathExpression).original];
	return expression.type === 'SubExpression' ? (expression as hbs.AST.SubExpression).params.flatMap(pathsIn) : [];
}

function content(value: string, { loc }: hbs.AST.Statement): hbs.AST.Statement {
	return { type: 'ContentStatement', value, original: value, loc } as hbs.AST.Statement;
}
