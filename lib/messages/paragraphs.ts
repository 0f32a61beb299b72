/** A piece of a line: text, or a link whose label is its own address. */
export interface Piece {
	text: string;
	href?: string;
}

/** A paragraph: lines of pieces. Data only; the HTML layout escapes each piece. */
export interface Paragraph {
	lines: Array<{ pieces: Piece[] }>;
	/** What the HTML shows in place of the lines. */
	button?: { label: string; href: string };
}

/** A longer line is a sentence and no label. */
const LONGEST_LABEL = 45;

const ADDRESS = /https?:\/\/[^\s<>"'`\\{}|^]+/gi;
// A full stop or a bracket after an address belongs to the sentence.
const SENTENCE_END = /[.,;:!?)\]»”’]+$/;

/**
 * Splits plain text (as `cleanText` leaves it) into paragraphs at empty lines, and finds the web addresses in it. A paragraph of a short line that
 * ends with a colon and a line that is a web address, as in "Prenoti qui:" and "https://...", is a button: the staff see and change it as text.
 */
export function paragraphsOf(text: string): Paragraph[] {
	return text.split('\n\n').map((paragraph) => {
		const lines = paragraph.split('\n').map((line) => ({ pieces: piecesOf(line) }));
		return { lines, button: buttonOf(lines) };
	});
}

function buttonOf([label, address, ...others]: Paragraph['lines']): Paragraph['button'] {
	if (others.length > 0 || label?.pieces.length !== 1 || address?.pieces.length !== 1) return undefined;
	const [{ text, href: inLabel }] = label.pieces;
	const [{ href }] = address.pieces;
	if (!href || inLabel || !text.endsWith(':') || text.length > LONGEST_LABEL + 1 || text.length < 2) return undefined;
	return { label: text.slice(0, -1), href };
}

function piecesOf(line: string): Piece[] {
	const pieces: Piece[] = [];
	let from = 0;
	for (const { 0: match, index } of line.matchAll(ADDRESS)) {
		const address = match.replace(SENTENCE_END, '');
		const href = webAddress(address);
		if (!href) continue;
		pieces.push({ text: line.slice(from, index), href: undefined }, { text: address, href });
		from = index + address.length;
	}
	return [...pieces, { text: line.slice(from), href: undefined }].filter(({ text }) => text !== '');
}

/** The address as browsers read it, or undefined if it is no http(s) address or carries a user name, which hides the real host. */
export function webAddress(text: string): string | undefined {
	if (!URL.canParse(text)) return undefined;
	const { protocol, username, password, href } = new URL(text);
	return (protocol === 'https:' || protocol === 'http:') && !username && !password ? href : undefined;
}
