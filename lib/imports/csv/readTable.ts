import type { KnownHeadings } from '../headings';
import type { MappingOverride } from '../mapping';
import type { RowReason } from '../reasons';
import { cutIntoCells } from './cells';
import { DecodedText, type Encoding } from './encoding';
import { findLayout, ROWS_OF_HEADINGS, type Layout } from './layout';
import { splitLines, type Line } from './lines';
import { RecordJoiner, type RawRecord } from './records';

/** Rows that are cut into cells in one go. */
const BATCH = 500;

/** A row of a CSV file: its cells, or the reason why there are none. Blank rows are marked: they are nobody. */
export interface TableRow {
	line: number;
	cells: string[];
	problem?: RowReason;
	blank?: true;
}

/** A CSV file, read from its bytes piece by piece. */
export class CsvTable {
	private readonly decoded: DecodedText;
	private readonly lines: AsyncGenerator<Line[]>;
	private readonly seen: Line[][] = [];

	constructor(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
		this.decoded = new DecodedText(bytes);
		this.lines = splitLines(this.decoded.text());
	}

	/** How the bytes were read as text; final after the last row. */
	get encoding(): Encoding {
		return this.decoded.encoding;
	}

	/** Bytes in a UTF-8 file that are no UTF-8; final after the last row. */
	get strayBytes(): number {
		return this.decoded.strayBytes;
	}

	/**
	 * Separator and headings; to be called first.
	 * @throws CrmError when the file is no CSV with known headings
	 */
	async layout(override: MappingOverride<string> | undefined, kind: KnownHeadings<string>): Promise<Layout> {
		const first: Line[] = [];
		while (first.length < ROWS_OF_HEADINGS) {
			const { value, done } = await this.lines.next();
			if (done) break;
			this.seen.push(value);
			first.push(...value.filter(({ text, tooLarge }) => tooLarge || text.trim() !== '').slice(0, ROWS_OF_HEADINGS - first.length));
		}
		return findLayout(first, override, kind);
	}

	/** The rows below the headings, in batches. */
	async *rows({ separator, headings, headingLine }: Layout): AsyncGenerator<TableRow[]> {
		const joiner = new RecordJoiner(separator);
		joiner.columns = headings.length;
		let records: RawRecord[] = [];
		for await (const lines of this.allLines()) {
			for (const line of lines) {
				if (line.number <= headingLine) continue;
				for (const record of joiner.push(line)) records.push(record);
				if (records.length < BATCH) continue;
				yield toRows(records, separator, headings.length);
				records = [];
			}
		}
		records.push(...joiner.end());
		if (records.length > 0) yield toRows(records, separator, headings.length);
	}

	/** Lets go of the source, whether or not it was read to its end. */
	async close(): Promise<void> {
		await this.lines.return(undefined);
	}

	private async *allLines(): AsyncGenerator<Line[]> {
		yield* this.seen;
		yield* this.lines;
	}
}

function toRows(records: RawRecord[], separator: string, columns: number): TableRow[] {
	const whole = records.filter(({ problem }) => !problem);
	const cells = cutIntoCells(whole, separator);
	const cellsOf = new Map(whole.map((record, index) => [record, cells[index]]));
	return records.map((record) => toRow(record, cellsOf.get(record), columns));
}

function toRow({ line, problem, unended }: RawRecord, cells: string[] | undefined, columns: number): TableRow {
	const refused = (reason: RowReason): TableRow => ({ line, cells: [], problem: reason });
	if (problem) return refused(problem);
	if (!cells) return refused('ROW_UNREADABLE');
	if (cells.every((cell) => cell === '')) return { line, cells, blank: true };
	// More cells: a separator inside an unquoted cell has shifted the rest, consents included.
	if (cells.length > columns && cells.slice(columns).some((cell) => cell !== '')) return refused('ROW_TOO_LONG');
	// Fewer cells: spreadsheets leave out empty ones at the end of a row, but a last line that just stops is half a row.
	if (unended && cells.length < columns) return refused('ROW_CUT_OFF');
	if (cells.length === 1) return refused('ROW_TOO_SHORT');
	return { line, cells };
}
