import type { IDataObject } from 'n8n-workflow';
import { LANGUAGES } from '../../lib/domain/glossary';

/** Turns a result into what a language model needs of it. */
export type View = (json: IDataObject) => IDataObject;

/** Without these fields, however deep they stand. */
export function without(...names: string[]): View {
	const left = new Set(names);
	const strip = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(strip);
		if (value === null || typeof value !== 'object' || value instanceof Date) return value;
		return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => (left.has(name) ? [] : [[name, strip(inner)]])));
	};
	return (json) => strip(json) as IDataObject;
}

/** Who it is, how to speak to them, and by which ways they can be reached; not where they live or when they were born. */
export const CUSTOMER_FOR_MODEL: View = ({ id, code, title, firstName, lastName, language, formality, deceased, householdId, contactPoints, error }) => {
	const points = (contactPoints ?? []) as Array<{ kind: string; line?: string; status: string }>;
	const reachableBy = points.filter(({ status }) => status === 'valid').map(({ kind, line }) => (kind === 'phone' && line === 'mobile' ? 'mobile' : kind));
	const known = { id, code, title, firstName, lastName, language, formality, householdId, error, ...(deceased === true && { deceased }), ...(contactPoints !== undefined && { reachableBy: [...new Set(reachableBy)] }) };
	return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as IDataObject;
};

/** The records are named by their IDs: whether two are the same person is for the staff to say. */
export const DUPLICATES_FOR_MODEL: View = ({ customers, ...pair }) => ({
	...pair,
	customers: ((customers ?? []) as Array<{ id: number; code?: string }>).map(({ id, code }) => ({ id, code })),
});

/** One sentence instead of one for each language, and no more of the record than a person would quote. */
export const EXPLANATION_FOR_MODEL: View = ({ customer, explanation, kind, dueOn, decidedAt, outcome, reason, channel, error }) => {
	const sentences = (explanation ?? {}) as Record<string, string>;
	const known = { customer, explanation: sentences.en ?? LANGUAGES.map((language) => sentences[language]).find(Boolean), kind, dueOn, decidedAt, outcome, reason, channel, error };
	return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as IDataObject;
};
