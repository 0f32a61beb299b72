import { CHANNELS, INTENTS, LANGUAGES, MESSAGE_CLASSES, PURPOSE_OF_CLASS, PURPOSES } from '../domain/glossary';
import { CrmError } from '../domain/errors';
import { check, type Fields, isFields, line, oneOf, type Rule, yesOrNo } from './schemaRule';
import { channelProblems, QUESTIONS } from './schemaOfChannel';
import { type FrontMatter, type TemplateVariable, VARIABLE_GROUPS, VARIABLE_TYPES, type VariableGroup, type VariableType } from './template';
import { problemWith } from './values';

const ID: Rule = {
	expected: 'lower-case letters, digits, dots and hyphens, as in recall.vision',
	holds: (value) => typeof value === 'string' && /^[a-z0-9]+([.-][a-z0-9]+)*$/.test(value),
};

const VARIABLE_NAME = /^([a-z]+)\.([a-z][A-Za-z]*)$/;
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
	questions: { ...QUESTIONS, optional: true },
	whatsApp: { expected: 'name and category, and perhaps header, footer and buttons', holds: isFields, optional: true },
	link: { expected: 'the name of a declared variable of the type url, as in link.booking', holds: (value) => typeof value === 'string' && VARIABLE_NAME.test(value), optional: true },
	variables: { expected: 'a list of names, as in customer.firstName, each with type, required and example', holds: isFields },
	mayHoldOffer: yesOrNo,
};

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

function checkVariable([name, value]: [string, unknown]): string[] {
	if (!VARIABLE_NAME.test(name)) return [`"variables.${name}" should be named group.field, as in customer.firstName`];
	if (!(VARIABLE_GROUPS as readonly string[]).includes(name.split('.')[0])) return [`"variables.${name}" should be of one of the groups ${VARIABLE_GROUPS.join(', ')}`];
	if (!isFields(value)) return [`"variables.${name}" should have type, required and example`];
	const problems = check(value, VARIABLE_RULES, `variables.${name}.`);
	if (problems.length > 0) return problems;
	const problem = problemWith(value.example, value.type as VariableType);
	return problem ? [`"variables.${name}.example" ${problem}`] : [];
}

/** What each field allows, but not all together. */
function contradictions(fields: Fields): string[] {
	const { class: cls, purpose, mayHoldOffer } = fields as unknown as FrontMatter;
	const problems = channelProblems(fields);
	if (purpose !== PURPOSE_OF_CLASS[cls] && purpose !== 'survey') problems.push(`"purpose" should be ${PURPOSE_OF_CLASS[cls]} or survey for the class ${cls}`);
	if (mayHoldOffer && cls !== 'promotional') problems.push('"mayHoldOffer" should be false: an offer makes a message promotional');
	return problems;
}

function toVariable([name, value]: [string, unknown]): TemplateVariable {
	const [, group, field] = VARIABLE_NAME.exec(name) as unknown as [string, string, string];
	return { group: group as VariableGroup, field, ...(value as Omit<TemplateVariable, 'group' | 'field'>) };
}
