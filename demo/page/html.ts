/** A piece of HTML that needs no escaping any more. */
export class Html {
	constructor(readonly source: string) {}
}

type Value = Html | Html[] | string | number;

/** Template tag: everything that is put in is escaped, unless it is itself the result of this tag. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
	return new Html(strings.reduce((text, part, index) => text + render(values[index - 1]) + part));
}

function render(value: Value): string {
	if (Array.isArray(value)) return value.map(({ source }) => source).join('');
	if (value instanceof Html) return value.source;
	return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
