import { CrmError } from '../domain/errors';
import { FORMALITIES } from '../domain/glossary';
import type { CrmItem } from '../domain/item';
import type { Shop } from '../domain/shop';
import { isLocalDate } from '../domain/time';
import { cleanLine, withoutMarkup } from './clean';
import { DERIVED } from './derived';
import { webAddress } from './paragraphs';
import { nameOf, type FrontMatter, type TemplateVariable, type VariableGroup, type VariableType } from './template';

/** What a template is rendered with: the shop, and the parts of an item that templates read. */
export type MessageVariables = Pick<CrmItem, Exclude<VariableGroup, 'shop'>> & { shop: Shop };

const EXPECTED: Record<VariableType, [expected: string, holds: (value: unknown) => boolean]> = {
	text: ['should be a text', (value) => typeof value === 'string'],
	integer: ['should be a whole number', (value) => Number.isInteger(value)],
	date: ['should be a day written YYYY-MM-DD', isDay],
	time: ['should be a time written HH:mm', (value) => typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)],
	money: ['should be an amount in whole cents', (value) => Number.isSafeInteger(value) && (value as number) >= 0],
	url: ['should be a web address', (value) => typeof value === 'string' && !/\s/.test(value) && webAddress(value) !== undefined],
	sex: ['should be F, M or absent', (value) => value === 'F' || value === 'M'],
	formality: [`should be ${FORMALITIES.join(' or ')}`, (value) => (FORMALITIES as readonly unknown[]).includes(value)],
};

// A run writes to thousands of people for the same day, and reading a date takes longer than all other checks.
let lastDay: string | undefined;

function isDay(value: unknown): boolean {
	if (typeof value !== 'string' || (value !== lastDay && !isLocalDate(value))) return false;
	lastDay = value;
	return true;
}

/** What is wrong with a value of this type, or undefined. Never holds the value, which may be personal. */
export function problemWith(value: unknown, type: VariableType): string | undefined {
	const [expected, holds] = EXPECTED[type];
	return holds(value) ? undefined : expected;
}

/**
 * The variables that the template declares, and nothing else: checked, texts cleaned. An optional one that is absent is there as undefined.
 *
 * @throws CrmError that names the variable, the template and what to do
 */
export function declaredValues(template: FrontMatter, variables: MessageVariables): Record<string, Record<string, unknown>> {
	const values: Record<string, Record<string, unknown>> = {};
	for (const variable of template.variables) {
		const { group, field } = variable;
		const derive = DERIVED[group]?.[field];
		const given = derive ? derive(variables, template.locale) : own(own(variables, group), field);
		(values[group] ??= {})[field] = checked(template, variable, given);
	}
	return values;
}

/** A property of the object itself, never an inherited one. */
function own(holder: unknown, name: string): unknown {
	return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;
}

function checked(template: FrontMatter, variable: TemplateVariable, given: unknown): unknown {
	const value = typeof given === 'string' ? cleanedFor(template, variable, given) : given;
	if (value === undefined || value === null || value === '') {
		if (!variable.required) return undefined;
		throw new CrmError(
			`The template ${nameOf(template)} needs ${variable.group}.${variable.field}, which is missing or empty.`,
			`Fill in ${variable.group}.${variable.field} before this step, or use a template that does not need it.`,
		);
	}
	const problem = problemWith(value, variable.type) ?? addressInName(variable, value);
	if (problem) {
		throw new CrmError(
			`In the template ${nameOf(template)}, ${variable.group}.${variable.field} ${problem}.`,
			`Correct ${variable.group}.${variable.field} where this customer's data come from.`,
		);
	}
	return value;
}

/** On one line, and for WhatsApp without what it would read as markup. An address is left as it is: it would lead elsewhere. */
function cleanedFor({ channel }: FrontMatter, { type }: TemplateVariable, given: string): string {
	const line = cleanLine(given);
	return type === 'text' && (channel === 'whatsapp' || channel === 'whatsappLinked') ? withoutMarkup(line) : line;
}

/** A name that is a web address is how strangers send their links through other people's mail servers. */
function addressInName({ group }: TemplateVariable, value: unknown): string | undefined {
	return group === 'customer' && typeof value === 'string' && /:\/\/|\bwww\./i.test(value) ? 'holds a web address' : undefined;
}
