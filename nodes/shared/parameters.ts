import type { IExecuteFunctions } from 'n8n-workflow';

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
