/** Markup that may be sent as it is. Only `html` makes it (and `SafeHtml.trusted`, for our own constants), so a value can never become a tag. */
export class SafeHtml {
	private constructor(private readonly markup: string) {}

	/** Lets markup through unescaped: for constants of this package only, never for anything that came from outside. */
	static trusted(markup: string): SafeHtml {
		return new SafeHtml(markup);
	}

	toString(): string {
		return this.markup;
	}
}

/** What may stand in a template: everything but SafeHtml is escaped; `undefined`, `null` and `false` leave nothing. */
export type HtmlValue = SafeHtml | string | number | undefined | null | false | readonly HtmlValue[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made harmless between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

function markupOf(value: HtmlValue): string {
	if (value instanceof SafeHtml) return value.toString();
	if (Array.isArray(value)) return value.map(markupOf).join('');
	if (value === undefined || value === null || value === false) return '';
	return escapeHtml(String(value));
}

/**
 * Template tag that escapes every value. Attributes must be quoted: html`<a href="${address}">${name}</a>`.
 * Arrays are joined without a separator.
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): SafeHtml {
	return SafeHtml.trusted(strings.reduce((markup, part, i) => markup + markupOf(values[i - 1]) + part));
}
