import { CrmError } from '../domain/errors';
import type { Comparison, Condition, Rule } from '../domain/segment';
import { FACT_NAMES, factDefinition, type FactDefinition, type FactName } from '../domain/segmentFacts';
import { isLocalDate } from '../domain/time';

/** Rules as n8n's filter field holds them. The left side is taken as it was typed: it names a fact, by itself or at the end of an expression. */
export interface FilterRules {
	combinator: 'and' | 'or';
	conditions: Array<{ leftValue: unknown; operator: { type: string; operation: string }; rightValue: unknown }>;
}

/** What the field's comparisons mean here, for every type of value that they are offered for. */
const COMPARISON_OF: Record<string, Comparison> = {
	equals: 'is', notEquals: 'isNot', contains: 'contains', notContains: 'lacks',
	gt: 'above', gte: 'atLeast', lt: 'below', lte: 'atMost', after: 'above', afterOrEquals: 'atLeast', before: 'below', beforeOrEquals: 'atMost',
	exists: 'known', notEmpty: 'known', notExists: 'unknown', empty: 'unknown', true: 'is', false: 'is',
};
const ORDERED: readonly Comparison[] = ['above', 'atLeast', 'below', 'atMost'];

/**
 * The rule that the conditions of n8n's filter field stand for.
 * @throws CrmError naming the condition, counted from 1, that names no fact, compares it in a way that makes no sense, or with a value that it cannot have
 */
export function readFilter({ combinator, conditions }: FilterRules): Rule {
	const parts = conditions.map(readCondition);
	return combinator === 'or' ? { any: parts } : { all: parts };
}

function readCondition({ leftValue, operator, rightValue }: FilterRules['conditions'][number], index: number): Condition {
	const refuse = (what: string, howToGoOn: string): never => {
		throw new CrmError(`Condition ${index + 1} of the own rules ${what}`, howToGoOn);
	};
	const fact = factIn(String(leftValue ?? '')) ?? refuse('names no fact', `Write on its left side one of ${FACT_NAMES.join(', ')}.`);
	const definition = factDefinition(fact);
	const comparison = COMPARISON_OF[operator.operation] ?? refuse(`compares ${fact} in a way that segments do not know (${operator.operation})`, 'Choose for example "is equal to", "is greater than" or "exists".');
	if (comparison === 'known' || comparison === 'unknown') return { fact, comparison };
	if (operator.operation === 'true' || operator.operation === 'false') rightValue = operator.operation === 'true';
	const fitting = definition.type === 'text' ? !ORDERED.includes(comparison) : definition.type === 'yesNo' ? comparison === 'is' || comparison === 'isNot' : comparison !== 'contains' && comparison !== 'lacks';
	if (!fitting) refuse(`compares ${fact} in a way that does not fit it`, HOW_TO_COMPARE[definition.type]);
	const value = valueFor(definition, comparison, rightValue);
	if (value === undefined) refuse(`compares ${fact} with a value that it cannot have`, howToWrite(definition));
	return { fact, comparison, value };
}

/** The last word of the left side that is the name of a fact: `averageBasket`, `{{ $json.segments.facts.averageBasket }}`, or "Average Basket". */
function factIn(left: string): FactName | undefined {
	const whole = left.replace(/[^A-Za-z]/g, '').toLowerCase();
	const words = left.match(/[A-Za-z]+/g)?.map((word) => word.toLowerCase()) ?? [];
	const named = (word: string) => FACT_NAMES.find((name) => name.toLowerCase() === word);
	return words.reverse().map(named).find(Boolean) ?? named(whole) ?? FACT_NAMES.find((name) => factDefinition(name).label.replace(/[^A-Za-z]/g, '').toLowerCase() === whole);
}

const HOW_TO_COMPARE: Record<FactDefinition['type'], string> = {
	text: 'Choose "is equal to", "is not equal to", "contains" or "does not contain".',
	yesNo: 'Choose "is true" or "is false".',
	number: 'Choose "is equal to", "is greater than", "is less than" or the like.',
	day: 'Choose "is equal to", "is after", "is before" or the like.',
};

function howToWrite({ type, values }: FactDefinition): string {
	if (values) return `Write one of ${values.join(', ')}.`;
	if (type === 'day') return 'Write a day as YYYY-MM-DD, for example 2026-11-22.';
	return type === 'number' ? 'Write a number, with a point for the decimals.' : 'Write true or false.';
}

function valueFor({ type, values }: FactDefinition, comparison: Comparison, given: unknown): Condition['value'] | undefined {
	const text = String(given ?? '').trim();
	if (text === '') return undefined;
	if (type === 'number') return Number.isFinite(Number(text)) ? Number(text) : undefined;
	if (type === 'yesNo') return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
	if (type === 'day') return isLocalDate(text.slice(0, 10)) ? text.slice(0, 10) : undefined;
	if (comparison === 'contains' || comparison === 'lacks') return text;
	return values ? values.find((value) => value.toLowerCase() === text.toLowerCase()) : text;
}
