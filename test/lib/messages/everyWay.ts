import { FORMALITIES, type Formality } from '../../../lib/domain/glossary';
import { renderMessage } from '../../../lib/messages/render';
import type { Template, Texts } from '../../../lib/messages/template';
import type { MessageVariables } from '../../../lib/messages/values';
import { variables } from './support';

/** What a text may depend on, with the values that it may tell apart. */
const VALUES: Record<string, readonly unknown[]> = {
	'customer.formality': FORMALITIES,
	'customer.sex': ['F', 'M', undefined],
	'customer.title': [undefined, 'Dott.ssa'],
	'occasion.stage': [1, 2, 3],
	'occasion.daysLate': [-3, -1, 0, 1, 2, 7],
	'occasion.turns': [18, 43, 50, undefined],
	'occasion.cause': [undefined, 'first-time', 'answered-wrong'],
	'household.members': [undefined, 1, 3],
};

export interface Way {
	/** The values that make it this one, in words. */
	way: string;
	formality: Formality;
	values: MessageVariables;
	texts: Texts;
}

/** The variables that a template declares, with its own examples; and those of which others are made. */
export function examples(template: Pick<Template, 'variables'>): MessageVariables {
	const { firstName, lastName } = variables().customer;
	const values: Values = { customer: { firstName, lastName }, occasion: {}, shop: {} };
	for (const { group, field, example } of template.variables) (values[group] ??= {})[field] = example;
	return values as unknown as MessageVariables;
}

type Values = Record<string, Record<string, unknown>>;

/**
 * A template in every way that it can be written: all values of what it may tell apart, and each other optional value there and missing. What it
 * does not declare cannot change it.
 */
export function everyWay(template: Template): Way[] {
	const declared = new Map(template.variables.map((variable) => [`${variable.group}.${variable.field}`, variable]));
	const names = new Set(['customer.formality', ...declared.keys()]);
	const choices = [...names].flatMap((name) => {
		const { required, example } = declared.get(name) ?? {};
		const values = VALUES[name] ?? (required ? undefined : [example, undefined]);
		return values === undefined ? [] : [{ name, values }];
	});
	return choices
		.reduce<Array<Record<string, unknown>>>((ways, { name, values }) => ways.flatMap((way) => values.map((value) => ({ ...way, [name]: value }))), [{}])
		.map((chosen) => {
			const values = structuredClone(examples(template)) as unknown as Values;
			for (const [name, value] of Object.entries(chosen)) {
				const [group, field] = name.split('.') as [string, string];
				(values[group] ??= {})[field] = value;
			}
			const given = values as unknown as MessageVariables;
			return { way: JSON.stringify(chosen), formality: chosen['customer.formality'] as Formality, values: given, texts: renderMessage(template, given) };
		});
}
