import Handlebars from 'handlebars';
import { CrmError } from '../domain/errors';
import { FORMALITIES, type Formality } from '../domain/glossary';
import { compile, runtime } from './engine';
import { nameOf, type Template, type TemplateVariable } from './template';

/** A placeholder of a text for Meta. */
export interface Slot {
	/** At Meta, such as `customer_first_name`. */
	name: string;
	variable: TemplateVariable;
	/** As our template writes it, such as `{{date occasion.dueOn "d MMMM"}}`. */
	source: string;
	/** The same, filled in. The values must be cleaned: see `declaredValues`. */
	write: (values: object) => string;
}

/** One text as Meta approves it: it cannot choose between sentences, so that each form of address is a text of its own. */
export interface MetaBody {
	/** Absent where the text has one form only. */
	formality?: Formality;
	text: string;
	slots: Slot[];
}

/** Helpers that write one value; all others would choose between texts. */
const WRITERS = ['date', 'time', 'money'];

/**
 * The texts that Meta would approve for one of our templates: one, or one for each form of address. The text may hold variables, dates and amounts
 * written by a helper, and around it all one `{{#if (eq customer.formality "lei")}}...{{else}}...{{/if}}`.
 * @throws CrmError that lists what Meta's templates cannot hold
 */
export function metaBodies(template: Template): MetaBody[] {
	const known = prepared.get(template) ?? read(template);
	prepared.set(template, known);
	return known;
}

/** A run writes to thousands of people from one template. */
const prepared = new WeakMap<Template, MetaBody[]>();

function read(template: Template): MetaBody[] {
	const { body } = Handlebars.parse(template.body);
	const choices = body.filter(isBlock);
	const problems: string[] = [];
	if (choices.length > 1) problems.push('it chooses more than once');
	if (choices[0] && !choiceOf(choices[0])) problems.push('it may choose by {{#if (eq customer.formality "lei")}}...{{else}}...{{/if}} only');
	const forms: Array<Formality | undefined> = choices.length > 0 ? [...FORMALITIES] : [undefined];
	const bodies = problems.length > 0 ? [] : forms.map((formality) => written(template, body.flatMap((part) => chosen(part, formality)), formality, problems));
	if (problems.length === 0) return bodies;
	throw new CrmError(
		`The template ${nameOf(template)} cannot be submitted to Meta: ${[...new Set(problems)].join('; ')}.`,
		'Meta approves a fixed text with places to fill in: write each case as a template of its own.',
	);
}

/** What stands in the text for this form of address. */
function chosen(part: hbs.AST.Statement, formality: Formality | undefined): hbs.AST.Statement[] {
	if (!isBlock(part)) return [part];
	return (choiceOf(part) === formality ? part.program : part.inverse)?.body ?? [];
}

function written({ variables, locale }: Pick<Template, 'variables' | 'locale'>, parts: readonly hbs.AST.Statement[], formality: Formality | undefined, problems: string[]): MetaBody {
	const slots = new Map<string, Slot>();
	const text = parts.map((part) => {
		if (part.type === 'ContentStatement') return (part as hbs.AST.ContentStatement).value;
		if (part.type !== 'MustacheStatement') {
			problems.push(`line ${part.loc.start.line}: it may hold no other condition`);
			return '';
		}
		const slot = slotOf(part as hbs.AST.MustacheStatement, variables, locale);
		if (typeof slot === 'string') {
			problems.push(`line ${part.loc.start.line}: ${slot}`);
			return '';
		}
		const known = slots.get(slot.name);
		if (known && known.source !== slot.source) problems.push(`line ${part.loc.start.line}: ${pathOf(slot)} is written in two ways`);
		slots.set(slot.name, slot);
		return `{{${slot.name}}}`;
	});
	// A condition leaves empty lines behind.
	return { ...(formality && { formality }), text: text.join('').replace(/\n{3,}/g, '\n\n').trim(), slots: [...slots.values()] };
}

/** The placeholder that a variable becomes, or what keeps it from becoming one. */
function slotOf({ path, params }: hbs.AST.MustacheStatement, variables: readonly TemplateVariable[], locale: string): Slot | string {
	const helper = params.length > 0 ? (path as hbs.AST.PathExpression).original : undefined;
	if (helper !== undefined && !WRITERS.includes(helper)) return `${helper} chooses between texts`;
	const [value, ...others] = helper === undefined ? [path] : params;
	if (value.type !== 'PathExpression' || others.some(({ type }) => type !== 'StringLiteral')) return 'it may fill in variables only';
	const name = (value as hbs.AST.PathExpression).original;
	const variable = variables.find(({ group, field }) => `${group}.${field}` === name);
	if (!variable) return `${name} is not declared`;
	if (!variable.required) return `${name} should be required: Meta sends no empty place`;
	if (helper === undefined && ['date', 'time', 'money', 'sex', 'formality'].includes(variable.type)) return `${name} should be written by a helper, as in {{date ${name} "d MMMM"}}`;
	const source = `{{${[helper, name, ...others.map((each) => JSON.stringify((each as hbs.AST.StringLiteral).value))].filter((word) => word !== undefined).join(' ')}}}`;
	const filler = compile(source);
	return { name: metaName(variable), variable, source, write: (values) => filler(values, runtime(locale)) };
}

/** Small letters and underscores: what Meta takes as a name. */
function metaName({ group, field }: TemplateVariable): string {
	return `${group}_${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

function pathOf({ variable: { group, field } }: Slot): string {
	return `${group}.${field}`;
}

function isBlock(part: hbs.AST.Statement): part is hbs.AST.BlockStatement {
	return part.type === 'BlockStatement';
}

/** The form of address that the first half of a choice is for. */
function choiceOf({ path, params, inverse }: hbs.AST.BlockStatement): Formality | undefined {
	const [condition] = params as hbs.AST.SubExpression[];
	if ((path as hbs.AST.PathExpression).original !== 'if' || !inverse || condition?.type !== 'SubExpression') return undefined;
	const [subject, form] = condition.params as [hbs.AST.PathExpression, hbs.AST.StringLiteral];
	const isChoice = (condition.path as hbs.AST.PathExpression).original === 'eq' && subject?.original === 'customer.formality' && form?.type === 'StringLiteral';
	return isChoice ? FORMALITIES.find((each) => each === form.value) : undefined;
}
