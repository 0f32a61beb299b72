import { CsvTable, type TableRow } from './csv/readTable';
import { customerRow } from './customerRow';
import { Tally, type ImportEvent } from './events';
import type { Mapping } from './headings';
import { mapHeadings } from './mapping';
import { checkOptions, type ImportOptions } from './options';
import { rowProblem } from './rowReader';
import type { Place, RowResult } from './types';

/**
 * Reads a shop program's customer export: CSV with any common separator, in UTF-8, UTF-16 or Windows-1252. First comes a `headings`
 * event, then a `row` event for every row, in the order of the file, then an `end` event. Memory stays flat however large the file is.
 * @throws CrmError when the file as a whole cannot be read: no CSV, empty, one column, no known headings; or a setting is wrong
 */
export async function* readExport(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, options: ImportOptions): AsyncGenerator<ImportEvent, void> {
	checkOptions(options);
	const table = new CsvTable(bytes);
	try {
		yield* eventsOf(table, options);
	} finally {
		await table.close();
	}
}

async function* eventsOf(table: CsvTable, options: ImportOptions): AsyncGenerator<ImportEvent, void> {
	const layout = await table.layout(options.mapping);
	const { mapping, unknownHeadings } = mapHeadings(layout.headings, options.mapping);
	yield { event: 'headings', headings: layout.headings, mapping, unknownHeadings, encoding: table.encoding, separator: layout.separator };

	const columns = columnsOf(mapping, layout.headings);
	const tally = new Tally();
	for await (const rows of table.rows(layout)) {
		for (const row of rows) {
			if (row.blank) {
				tally.blank();
				continue;
			}
			const place = { row: tally.nextRow(), line: row.line };
			yield tally.row(place, resultOf(row, columns, mapping, options, place));
		}
	}
	yield { ...tally.end(), encoding: table.encoding, strayBytes: table.strayBytes };
}

function resultOf(row: TableRow, columns: Array<[string, number]>, mapping: Mapping, options: ImportOptions, place: Place): RowResult {
	if (row.problem) return { status: 'rejected', rejection: rowProblem(place, 'row', row.problem) };
	// Without a prototype, so that a heading called __proto__ is a heading like any other.
	const cells: Record<string, unknown> = Object.create(null);
	for (const [heading, index] of columns) cells[heading] = row.cells[index];
	return customerRow(cells, mapping, options, place);
}

/** The columns that fill a field, by heading. */
function columnsOf(mapping: Mapping, headings: string[]): Array<[string, number]> {
	return [...new Set(Object.values(mapping))].map((heading) => [heading, headings.indexOf(heading)]);
}
