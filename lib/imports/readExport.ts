import { CsvTable } from './csv/readTable';
import { Tally, type ImportEvent } from './events';
import { CUSTOMERS, type AnyExportKind, type ExportKind } from './exportKind';
import type { Mapping } from './headings';
import { mapHeadings } from './mapping';
import { checkOptions, type ImportOptions } from './options';
import { rowProblem } from './rowReader';
import type { Columns } from './types';

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
		const layout = await table.layout(options.mapping, kind.headings);
		const { mapping, unknownHeadings } = mapHeadings(layout.headings, options.mapping, kind.headings);
		yield { event: 'headings', headings: layout.headings, mapping, unknownHeadings, encoding: table.encoding, separator: layout.separator };

		const columns = columnsOf(mapping, layout.headings);
		const read = kind.reader();
		const tally = new Tally();
		for await (const rows of table.rows(layout)) {
			for (const row of rows) {
				if (row.blank) {
					tally.blank();
					continue;
				}
				const place = { row: tally.nextRow(), line: row.line };
				const rejected = row.problem && { status: 'rejected' as const, rejection: rowProblem(place, 'row', row.problem) };
				yield tally.row<object>(place, rejected ?? read(row.cells, columns, options, place));
			}
		}
		yield { ...tally.end(), encoding: table.encoding, strayBytes: table.strayBytes };
	} finally {
		await table.close();
	}
}

/** The column of each field. Not by heading, row for row: a file has headings such as __proto__, and millions of rows. */
function columnsOf(mapping: Mapping<string>, headings: string[]): Columns<string> {
	return Object.fromEntries(Object.entries(mapping).map(([field, heading]) => [field, headings.indexOf(heading as string)]));
}
