import { readFilter, type FilterRules } from '../../../lib/segments/readFilter';

const condition = (leftValue: unknown, operation: string, rightValue: unknown = '', type = 'string') => ({ leftValue, operator: { type, operation }, rightValue });
const read = (...conditions: FilterRules['conditions']) => readFilter({ combinator: 'and', conditions });

it.each([
	['a name', 'averageBasket'],
	['a name in other case', 'AverageBasket'],
	['an expression', '={{ $json.segments.facts.averageBasket }}'],
	['an expression with brackets', '={{ $json["segments"]["facts"]["averageBasket"] }}'],
	['a label', 'Average Basket'],
])('finds the fact in %s', (_, left) => {
	expect(read(condition(left, 'gte', '120.5', 'number'))).toEqual({ all: [{ fact: 'averageBasket', comparison: 'atLeast', value: 120.5 }] });
});

it.each([
	['purchases', 'equals', 3, 'is', 3], ['purchases', 'notEquals', '3', 'isNot', 3], ['spent', 'gt', 100, 'above', 100], ['spent', 'lte', 1e3, 'atMost', 1000], ['spent', 'lt', 1, 'below', 1],
	['lifecycle', 'equals', 'At-Risk', 'is', 'at-risk'], ['sex', 'equals', 'f', 'is', 'F'], ['workingChannel', 'contains', 'whats', 'contains', 'whats'], ['workingChannel', 'notContains', 'sms', 'lacks', 'sms'],
	['sunInUse', 'true', '', 'is', true], ['sunInUse', 'false', '', 'is', false], ['sunInUse', 'notEquals', 'True', 'isNot', true],
	['lastPurchaseOn', 'after', '2026-02-28T00:00:00', 'above', '2026-02-28'], ['lastPurchaseOn', 'beforeOrEquals', '2026-02-28', 'atMost', '2026-02-28'],
] as const)('%s %s %s', (fact, operation, right, comparison, value) => {
	expect(read(condition(fact, operation, right))).toEqual({ all: [{ fact, comparison, value }] });
});

it.each([['exists', 'known'], ['notEmpty', 'known'], ['notExists', 'unknown'], ['empty', 'unknown']])('%s asks for no value', (operation, comparison) => {
	expect(read(condition('daysSinceExam', operation, 'whatever', 'number'))).toEqual({ all: [{ fact: 'daysSinceExam', comparison }] });
});

it('joins by "or" where the field does', () => {
	const conditions = [condition('purchases', 'equals', 1), condition('age', 'gt', 60)];
	expect(readFilter({ combinator: 'or', conditions })).toMatchObject({ any: [{ fact: 'purchases' }, { fact: 'age' }] });
});

it.each([
	['no fact', condition('shoeSize', 'equals', 1), /Condition 2 .*names no fact/, /averageBasket/],
	['nothing on the left', condition(undefined, 'equals', 1), /names no fact/, /lifecycle/],
	['a comparison that does not exist', condition('lifecycle', 'regex', 'new'), /compares lifecycle in a way.*\(regex\)/, /is equal to/],
	['an order of words', condition('lifecycle', 'gt', 'new'), /does not fit it/, /contains/],
	['a part of a number', condition('age', 'contains', '6'), /does not fit it/, /greater than/],
	['an order of yes and no', condition('sunInUse', 'gt', true), /does not fit it/, /is true/],
	['a stage that is none', condition('lifecycle', 'equals', 'gold'), /lifecycle with a value/, /prospect, new, growing/],
	['a number that is none', condition('age', 'gt', 'sixty'), /age with a value/, /a number/],
	['an empty value', condition('age', 'gt', ''), /age with a value/, /a number/],
	['a day that is none', condition('lastPurchaseOn', 'after', '31/12/2025'), /lastPurchaseOn with a value/, /YYYY-MM-DD/],
	['a yes that is none', condition('sunInUse', 'equals', 'maybe'), /sunInUse with a value/, /true or false/],
])('refuses %s, and says which condition and how to go on', (_, wrong, message, howToGoOn) => {
	const work = () => read(condition('purchases', 'equals', 1), wrong);
	expect(work).toThrow(expect.objectContaining({ message: expect.stringMatching(message), howToGoOn: expect.stringMatching(howToGoOn) }));
	expect(work).toThrow(/^Condition 2/);
});
