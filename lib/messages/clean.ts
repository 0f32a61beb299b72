// Controls, and the marks that turn the writing direction: with them a name could make a text read as another one.
const INVISIBLE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;
const NEEDS_CLEANING = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\s\s|^\s|\s$/u;
const BREAK = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** The text on one line, without control and direction marks: what a subject or a name may hold. */
export function cleanLine(text: string): string {
	// Most names are clean already; looking is cheaper than rewriting.
	if (!NEEDS_CLEANING.test(text)) return text;
	return text.replace(BREAK, ' ').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

/** The text without control and direction marks; lines end in `\n`, at most one empty line between paragraphs. */
export function cleanText(text: string): string {
	return text
		.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
		.split('\n')
		.map((line) => line.replace(/\t/g, ' ').replace(INVISIBLE, '').trimEnd())
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

/** The text without the signs that WhatsApp reads as bold, italics, struck out, code, quotation or list: it knows no way to write them as they are. */
export function withoutMarkup(line: string): string {
	return /[*_~`]|^[>-]/.test(line) ? cleanLine(line.replace(/[*_~`]+/g, ' ').replace(/^[\s>-]+/, '')) : line;
}
