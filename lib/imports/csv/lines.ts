/** The longest line (and the longest row over several lines) that is kept, in characters. A row of a shop program has a few hundred. */
export const MOST_ROW_CHARACTERS = 1_000_000;

/** One line of a file. */
export interface Line {
	/** Counted from 1. */
	number: number;
	/** Without its line break; empty when it was too large. */
	text: string;
	tooLarge?: true;
	/** The file ends in this line, without a line break. */
	unended?: true;
}

/**
 * Lines of a text, in batches. A line ends with LF or CRLF; with a lone CR only where the beginning of the file has no LF at all.
 * A line over the limit is not kept in memory.
 */
export async function* splitLines(text: AsyncIterable<string>): AsyncGenerator<Line[]> {
	let lineBreak: string | undefined;
	let number = 0;
	let pending = '';
	let tooLarge = false;

	const line = (end: string, unended?: true): Line => {
		const whole = pending + end;
		const dropped = tooLarge || whole.length > MOST_ROW_CHARACTERS;
		pending = '';
		tooLarge = false;
		number++;
		const kept = lineBreak === '\n' && whole.endsWith('\r') ? whole.slice(0, -1) : whole;
		return { number, text: dropped ? '' : kept, ...(dropped && { tooLarge: true as const }), ...(unended && { unended }) };
	};

	for await (const next of text) {
		// Looked at again while it is not known how lines end: a CR at the very end may be half a CRLF.
		const piece = lineBreak === undefined ? pending + next : next;
		if (lineBreak === undefined) {
			pending = '';
			lineBreak = piece.includes('\n') ? '\n' : /\r[^]/.test(piece) ? '\r' : undefined;
		}
		const lines: Line[] = [];
		let from = 0;
		for (let at = indexOfBreak(piece, lineBreak, from); at >= 0; at = indexOfBreak(piece, lineBreak, from)) {
			lines.push(line(piece.slice(from, at)));
			from = at + 1;
		}
		if (!tooLarge) pending += piece.slice(from);
		if (pending.length > MOST_ROW_CHARACTERS) {
			pending = '';
			tooLarge = true;
		}
		if (lines.length > 0) yield lines;
	}
	if (pending !== '' || tooLarge) yield [line('', true)];
}

function indexOfBreak(piece: string, lineBreak: string | undefined, from: number): number {
	return lineBreak === undefined ? -1 : piece.indexOf(lineBreak, from);
}
