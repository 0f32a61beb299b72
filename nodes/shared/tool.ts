import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** The most results of one call of a tool: a model pays for each word, and sees no more of the customers than an answer needs. */
export const MOST_FOR_MODEL = 25;

/** Whether a language model runs the node: n8n then knows it under another type. */
export function isTool(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}

/** The same choice twice: for people with everything, for a model with what it may do. */
export function choiceForBoth(choice: INodeProperties, allowed: readonly string[]): INodeProperties[] {
	const options = (choice.options as Array<{ value: string }>).filter(({ value }) => allowed.includes(value)) as INodeProperties['options'];
	const shown = (isForModel: boolean): INodeProperties['displayOptions'] => ({ show: { ...choice.displayOptions?.show, '@tool': [isForModel] } });
	const person: INodeProperties = { ...choice, displayOptions: { ...choice.displayOptions, hide: { '@tool': [true] } } };
	if (allowed.length === 0) return [person];
	const first = allowed.includes(String(choice.default)) ? choice.default : allowed[0];
	return [person, { ...choice, options, default: first, displayOptions: shown(true) }];
}

/** What a model is told of the tool; the consultant can change it. Named as n8n names its own field, which then is not added. */
export function toldField(told: string, shownFor: Record<string, string[]>): INodeProperties {
	return {
		displayName: 'Tool Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 4 },
		default: told,
		required: true,
		noDataExpression: true,
		description: 'What the model is told of this tool; the name of the node is its name',
		displayOptions: { show: { '@tool': [true], ...shownFor } },
	};
}
