import type { Language } from '../domain/glossary';
import { commonHeaders, pageHeaders, type Framing } from './headers';
import { html, SafeHtml } from './html';
import type { Stylesheet } from './stylesheet';

/** A finished answer, ready to be written to the response: a page or a file. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer;
}

/** An answer that is text. */
export interface Page extends Answer {
	body: string;
}

/** What a page is made of. */
export interface PageParts {
	language: Language;
	title: string;
	style: Stylesheet;
	body: SafeHtml;
	/** 200 unless told. */
	status?: number;
	framing?: Framing;
}

// A pair of spectacles, so that the staff find the tab again.
const ICON =
	"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%230d5f59'/%3E%3Cg fill='none' stroke='%23fff' stroke-width='2.4'%3E%3Ccircle cx='9.5' cy='17' r='5'/%3E%3Ccircle cx='22.5' cy='17' r='5'/%3E%3Cpath d='M14.5 16q1.5-1.6 3 0'/%3E%3C/g%3E%3C/svg%3E";

/** A whole page without a line of script, with the headers that hold it to that. */
export function page(parts: PageParts): Page {
	const document = html`<!doctype html>
<html lang="${parts.language}">
<head>
<meta charset="utf-8">
<title>${parts.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${ICON}">
<style>${SafeHtml.trusted(parts.style.css)}</style>
</head>
<body>
${parts.body}
</body>
</html>
`;
	return { status: parts.status ?? 200, headers: pageHeaders(parts.style.hash, parts.framing), body: document.toString() };
}

/**
 * The answer to a POST that was done: go and look at `address` (303, so that a reload does not post again).
 *
 * @param address a query of this same page, `?…`; anything else is refused, so that no form can send people elsewhere
 * @throws RangeError on another kind of address
 */
export function seeOther(address: string, setCookie?: string): Page {
	if (!/^\?[\x21-\x7e]*$/.test(address)) throw new RangeError('A redirect may only lead to a query of the same page.');
	const headers: Record<string, string> = { Location: address, ...commonHeaders() };
	if (setCookie) headers['Set-Cookie'] = setCookie;
	return { status: 303, headers, body: '' };
}
