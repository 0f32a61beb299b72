import type { RowReason } from '../reasons';
import { MOST_ROW_CHARACTERS, type Line } from './lines';
import { quoteState } from './quotes';

/** More lines than this in one row are a forgotten quote, not a long note. */
const MOST_LINES = 50;

/** A row of the file, not yet cut into cells, or the reason why it cannot be. */
export interface RawRecord {
	/** First line of the row. */
	line: number;
	lastLine: number;
	text: string;
	problem?: RowReason;
	/** The file ends in this row, without a line break. */
	unended?: true;
}

/**
 * Joins the lines of quoted cells that go over several lines. A quote that never closes costs its own line only: the lines after it are
 * read again by themselves. (A CSV parser alone would swallow them up to the next quote.)
 */
export class RecordJoiner {
	private open: Line[] = [];
	private openCharacters = 0;
	/** Cells of a whole row, once known: a line of so many cells inside an open quote is a row of its own. */
	columns?: number;

	constructor(private readonly separator: string) {}

	/** The rows that this line completes. */
	*push(line: Line): Generator<RawRecord> {
		if (this.open.length > 0) yield* this.goOn(line);
		else if (line.tooLarge) yield { ...whole([line]), problem: 'ROW_TOO_LARGE' };
		else if (line.text.trim() !== '') yield* this.begin(line);
	}

	/** The rows that wait for a closing quote when the file ends. */
	*end(): Generator<RawRecord> {
		while (this.open.length > 0) yield* this.giveUp();
	}

	private *begin(line: Line): Generator<RawRecord> {
		const state = line.text.includes('"') ? quoteState(line.text, this.separator, false) : 'closed';
		if (state === 'closed') yield whole([line]);
		else if (state === 'broken') yield { ...whole([line]), problem: 'QUOTE_BROKEN' };
		else this.wait(line);
	}

	private *goOn(line: Line): Generator<RawRecord> {
		const state = this.fits(line) ? quoteState(line.text, this.separator, true) : 'broken';
		if (state === 'open') this.wait(line);
		else if (state === 'broken') yield* this.giveUp(line);
		else {
			const lines = [...this.open, line];
			this.forget();
			yield whole(lines);
		}
	}

	private fits(line: Line): boolean {
		if (line.tooLarge || this.open.length >= MOST_LINES || this.openCharacters + line.text.length > MOST_ROW_CHARACTERS) return false;
		return line.text.includes('"') || this.columns === undefined || this.columns < 3 || line.text.split(this.separator).length !== this.columns;
	}

	private *giveUp(next?: Line): Generator<RawRecord> {
		const [first, ...others] = this.open;
		this.forget();
		yield { ...whole([first]), problem: 'QUOTE_NOT_CLOSED' };
		for (const line of next ? [...others, next] : others) yield* this.push(line);
	}

	private wait(line: Line): void {
		this.open.push(line);
		this.openCharacters += line.text.length;
	}

	private forget(): void {
		this.open = [];
		this.openCharacters = 0;
	}
}

function whole(lines: Line[]): RawRecord {
	const last = lines[lines.length - 1];
	const text = lines.length === 1 ? last.text : lines.map((line) => line.text).join('\n');
	return { line: lines[0].number, lastLine: last.number, text, ...(last.unended && { unended: true as const }) };
}
