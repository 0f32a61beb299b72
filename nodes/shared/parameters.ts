import type { IExecuteFunctions } from 'n8n-workflow';
import { CrmError } from '../../lib/domain/errors';

/**
 * A parameter for each of these items. A fixed value is read once: asking n8n for every item is slow, and only an expression can differ.
 */
export function parameterOfItems<Value>(context: IExecuteFunctions, name: string, indexes: readonly number[], fallback: Value): Value[] {
	const given = context.getNode().parameters[name];
	const isExpression = typeof given === 'string' && given.startsWith('=');
	if (isExpression) return indexes.map((index) => context.getNodeParameter(name, index, fallback) as Value);
	const value = context.getNodeParameter(name, 0, fallback) as Value;
	return indexes.map(() => value);
}

/**
 * An ID as a panel or an expression gives one: a number, or its digits.
 * @throws CrmError naming the parameter when it is no ID
 */
export function wholeId(name: string, value: unknown): number {
	const id = Number(value);
	if (String(value).trim() !== '' && Number.isSafeInteger(id) && id > 0) return id;
	throw new CrmError(`${name} is no ID`, 'Give the whole number that the store uses, for example 42.');
}
