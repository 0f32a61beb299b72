import { CsvTable, type TableRow } from './csv/readTable';
import { Tally, type ImportEvent } from './events';
import { CUSTOMERS, type AnyExportKind, type ExportKind } from './exportKind';
import type { Mapping } from './headings';
import { mapHeadings } from './mapping';
import { checkOptions, type ImportOptions } from './options';
import { rowProblem } from './rowReader';

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Reads a shop program's export, of customers unless another kind is given: CSV with any common separator, in UTF-8, UTF-16 or Windows-1252. First comes a `headings`
 * event, then a `row` event for every row, in the order of the file, then an `end` event. Memory stays flat however large the file is.
 * @throws CrmError when the file as a whole cannot be read: no CSV, empty, one column, no known headings; or a setting is wrong
 */
export function readExport(bytes: Bytes, options: ImportOptions): AsyncGenerator<ImportEvent, void>;
export function readExport<F extends string, Taken extends object>(bytes: Bytes, options: ImportOptions<NoInfer<F>>, kind: ExportKind<F, Taken>): AsyncGenerator<ImportEvent<F, Taken>, void>;
export async function* readExport(bytes: Bytes, options: ImportOptions<string>, kind: AnyExportKind = CUSTOMERS): AsyncGenerator<ImportEvent<string, object>, void> {
	checkOptions(options);
	const table = new CsvTable(bytes);
	try {
		yield* eventsOf(table, options, kind);
	} finally {
		await table.close();
	}
}

async function* eventsOf(table: CsvTable, options: ImportOptions<string>, { headings, reader }: AnyExportKind): AsyncGenerator<ImportEvent<string, object>, void> {
	const layout = await table.layout(options.mapping, headings);
	const { mapping, unknownHeadings } = mapHeadings(layout.headings, options.mapping, headings);
	yield { event: 'headings', headings: layout.headings, mapping, unknownHeadings, encoding: table.encoding, separator: layout.separator };

	const columns = columnsOf(mapping, layout.headings);
	const read = reader();
	const tally = new Tally();
	for await (const rows of table.rows(layout)) {
		for (const row of rows) {
			if (row.blank) {
				tally.blank();
				continue;
			}
			const place = { row: tally.nextRow(), line: row.line };
			const rejected = row.problem && { status: 'rejected' as const, rejection: rowProblem(place, 'row', row.problem) };
			yield tally.row<object>(place, rejected ?? read(cellsOf(row, columns), mapping, options, place));
		}
	}
	yield { ...tally.end(), encoding: table.encoding, strayBytes: table.strayBytes };
}

/** The cells of a row that fill a field, by heading. */
function cellsOf(row: TableRow, columns: Array<[string, number]>): Record<string, unknown> {
	// Without a prototype, so that a heading called __proto__ is a heading like any other.
	const cells: Record<string, unknown> = Object.create(null);
	for (const [heading, index] of columns) cells[heading] = row.cells[index];
	return cells;
}

/** The columns that fill a field, by heading. */
function columnsOf(mapping: Mapping<string>, headings: string[]): Array<[string, number]> {
	return [...new Set(Object.values(mapping) as string[])].map((heading) => [heading, headings.indexOf(heading)]);
}
