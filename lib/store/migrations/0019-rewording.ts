/** Which text a language model has worded anew, and what it was before. */
export function rewording(): string[] {
	return ['alter table messages add column rewording text'];
}
