import type { IExecuteFunctions } from 'n8n-workflow';

/** The most results of one call of a tool: a model pays for each word, and sees no more of the customers than an answer needs. */
export const MOST_FOR_MODEL = 25;

/** Whether a language model runs the node: n8n then knows it under another type. */
export function isTool(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}
