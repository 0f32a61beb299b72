/* What a field of a front matter may hold, and how its error is worded. */

export type Fields = Record<string, unknown>;

/** A field of a front matter: what is expected there, in words and as a check. */
export interface Rule {
	expected: string;
	holds: (value: unknown) => boolean;
	optional?: boolean;
}

export const oneOf = (values: readonly string[]): Rule => ({
	expected: `one of ${values.join(', ')}`,
	holds: (value) => typeof value === 'string' && values.includes(value),
});
export const yesOrNo: Rule = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
export const line: Rule = { expected: 'a text of one line', holds: (value) => typeof value === 'string' && value.trim() !== '' && !value.includes('\n') };

/** A line that Meta takes as it is: short, and without a placeholder. */
export const shortLine = (longest: number): Rule => ({
	expected: `a text of one line without placeholders, at most ${longest} characters`,
	holds: (value) => line.holds(value) && (value as string).length <= longest && !(value as string).includes('{{'),
});

/** A list that holds something, each entry of which keeps these rules. */
export const listOf = (rules: Record<string, Rule>, example: string): Rule => ({
	expected: `a list, each entry as in ${example}`,
	holds: (value) => Array.isArray(value) && value.length > 0 && value.every((entry) => isFields(entry) && check(entry, rules, '').length === 0),
});

/** Whether it is an object with named fields, and no list. */
export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong with fields by their rules; unknown ones are wrong too. */
export function check(fields: Fields, rules: Record<string, Rule>, prefix: string): string[] {
	const wrong = Object.entries(rules)
		.filter(([name, rule]) => !(rule.optional && fields[name] === undefined) && !rule.holds(fields[name]))
		.map(([name, rule]) => `"${prefix}${name}" should be ${rule.expected}`);
	const unknown = Object.keys(fields)
		.filter((name) => !Object.hasOwn(rules, name))
		.map((name) => `"${prefix}${name}" is no field; there are ${Object.keys(rules).join(', ')}`);
	return [...wrong, ...unknown];
}
