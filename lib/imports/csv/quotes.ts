/** How a text stands after its last character: outside quotes, inside a quoted cell, or with a quote that CSV does not allow. */
export type QuoteState = 'closed' | 'open' | 'broken';

/**
 * Follows the quotes of one line as RFC 4180 reads them: a quote opens a cell only at its beginning, `""` inside is one quote, and
 * after the closing quote comes a separator or the end. Quotes inside an unquoted cell (Bar "Da Gino") are plain characters.
 * @param open whether the line begins inside a quoted cell
 */
export function quoteState(text: string, separator: string, open: boolean): QuoteState {
	let at = 0;
	let inside = open;
	for (;;) {
		if (!inside) {
			at = skipBlanks(text, at, separator);
			if (text[at] !== '"') {
				const next = text.indexOf(separator, at);
				if (next < 0) return 'closed';
				at = next + 1;
				continue;
			}
			at++;
		}
		const quote = text.indexOf('"', at);
		if (quote < 0) return 'open';
		at = quote + 1;
		inside = text[at] === '"';
		if (inside) {
			at++;
			continue;
		}
		at = skipBlanks(text, at, separator);
		if (at >= text.length) return 'closed';
		if (text[at] !== separator) return 'broken';
		at++;
	}
}

function skipBlanks(text: string, from: number, separator: string): number {
	let at = from;
	while (at < text.length && text[at] !== separator && /\s/.test(text[at])) at++;
	return at;
}
