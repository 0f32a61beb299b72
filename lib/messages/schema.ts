import { CHANNELS, INTENTS, LANGUAGES, MESSAGE_CLASSES, PURPOSE_OF_CLASS, PURPOSES } from '../domain/glossary';
import { CrmError } from '../domain/errors';
import { type FrontMatter, type TemplateVariable, VARIABLE_TYPES, type VariableType } from './template';
import { problemWith } from './values';

type Fields = Record<string, unknown>;
interface Rule {
	expected: string;
	holds: (value: unknown) => boolean;
	optional?: boolean;
}

const oneOf = (values: readonly string[]): Rule => ({
	expected: `one of ${values.join(', ')}`,
	holds: (value) => typeof value === 'string' && values.includes(value),
});
const yesOrNo: Rule = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
const line: Rule = { expected: 'a text of one line', holds: (value) => typeof value === 'string' && value.trim() !== '' && !value.includes('\n') };

const ID: Rule = {
	expected: 'lower-case letters, digits, dots and hyphens, as in recall.vision',
	holds: (value) => typeof value === 'string' && /^[a-z0-9]+([.-][a-z0-9]+)*$/.test(value),
};

const RULES: Record<keyof FrontMatter, Rule> = {
	id: ID,
	version: { expected: 'a whole number from 1', holds: (value) => Number.isInteger(value) && (value as number) > 0 },
	channel: oneOf(CHANNELS),
	class: oneOf(MESSAGE_CLASSES),
	purpose: oneOf(PURPOSES),
	intent: oneOf(INTENTS),
	locale: oneOf(LANGUAGES),
	subject: { ...line, optional: true },
	preheader: { ...line, optional: true },
	variables: { expected: 'a list of names, as in customer.firstName, each with type, required and example', holds: isFields },
	mayHoldOffer: yesOrNo,
};

const VARIABLE_NAME = /^([a-z]+)\.([a-z][A-Za-z]*)$/;
const VARIABLE_RULES: Record<string, Rule> = {
	type: oneOf(VARIABLE_TYPES),
	required: yesOrNo,
	example: { expected: 'a text or a number', holds: (value) => typeof value === 'string' || typeof value === 'number' },
};

/**
 * Checks the front matter of a template file.
 *
 * @param file name for the error text
 * @throws CrmError that lists every field that is wrong and what is expected there
 */
export function checkFrontMatter(value: unknown, file: string): FrontMatter {
	if (!isFields(value)) {
		throw new CrmError(`${file}: the front matter holds no fields.`, 'Begin the file with a line ---, the fields (id, version, ...), and a line ---.');
	}
	let problems = check(value, RULES, '');
	if (problems.length === 0) problems = [...Object.entries(value.variables as Fields).flatMap(checkVariable), ...contradictions(value)];
	if (problems.length > 0) {
		throw new CrmError(`${file}: ${problems.join('; ')}.`, 'Correct these fields in the front matter, the lines between the two ---.');
	}
	return { ...(value as unknown as FrontMatter), variables: Object.entries(value.variables as Fields).map(toVariable) };
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function check(fields: Fields, rules: Record<string, Rule>, prefix: string): string[] {
	const wrong = Object.entries(rules)
		.filter(([name, rule]) => !(rule.optional && fields[name] === undefined) && !rule.holds(fields[name]))
		.map(([name, rule]) => `"${prefix}${name}" should be ${rule.expected}`);
	const unknown = Object.keys(fields)
		.filter((name) => !Object.hasOwn(rules, name))
		.map((name) => `"${prefix}${name}" is no field; there are ${Object.keys(rules).join(', ')}`);
	return [...wrong, ...unknown];
}

function checkVariable([name, value]: [string, unknown]): string[] {
	if (!VARIABLE_NAME.test(name)) return [`"variables.${name}" should be named group.field, as in customer.firstName`];
	if (!isFields(value)) return [`"variables.${name}" should have type, required and example`];
	const problems = check(value, VARIABLE_RULES, `variables.${name}.`);
	if (problems.length > 0) return problems;
	const problem = problemWith(value.example, value.type as VariableType);
	return problem ? [`"variables.${name}.example" ${problem}`] : [];
}

/** What each field allows, but not all together. */
function contradictions(fields: Fields): string[] {
	const { class: cls, purpose, channel, subject, mayHoldOffer } = fields as unknown as FrontMatter;
	const problems: string[] = [];
	if (purpose !== PURPOSE_OF_CLASS[cls] && purpose !== 'survey') problems.push(`"purpose" should be ${PURPOSE_OF_CLASS[cls]} or survey for the class ${cls}`);
	if (mayHoldOffer && cls !== 'promotional') problems.push('"mayHoldOffer" should be false: an offer makes a message promotional');
	if (channel === 'email' && subject === undefined) problems.push('"subject" should be there: an e-mail needs one');
	return problems;
}

function toVariable([name, value]: [string, unknown]): TemplateVariable {
	const [, group, field] = VARIABLE_NAME.exec(name) as unknown as [string, string, string];
	return { group, field, ...(value as Omit<TemplateVariable, 'group' | 'field'>) };
}
