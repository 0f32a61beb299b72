import { Tally, type ImportEvent } from './events';
import { CUSTOMERS, type AnyExportKind, type ExportKind } from './exportKind';
import { mapHeadings } from './mapping';
import { checkOptions, type ImportOptions } from './options';
import { rowProblem } from './rowReader';

/**
 * Reads rows that are already parted into fields: items of Extract from File, a sheet, a database. The same events as `readExport`.
 * @param rows one object for each row, with the headings as its field names; all of their names together are the headings
 * @throws CrmError when no field name is known for what the kind of export needs, or a setting is wrong
 */
export function readRows(rows: readonly unknown[], options: ImportOptions): Generator<ImportEvent, void>;
export function readRows<F extends string, Taken extends object>(rows: readonly unknown[], options: ImportOptions<NoInfer<F>>, kind: ExportKind<F, Taken>): Generator<ImportEvent<F, Taken>, void>;
export function* readRows(rows: readonly unknown[], options: ImportOptions<string>, kind: AnyExportKind = CUSTOMERS): Generator<ImportEvent<string, object>, void> {
	checkOptions(options);
	const headings = headingsOf(rows);
	const { mapping, unknownHeadings } = mapHeadings(headings, options.mapping, kind.headings);
	yield { event: 'headings', headings, mapping, unknownHeadings };

	const read = kind.reader();
	const tally = new Tally();
	for (const cells of rows) {
		const place = { row: tally.nextRow() };
		if (!isRecord(cells)) yield tally.row(place, { status: 'rejected', rejection: rowProblem(place, 'row', 'ROW_NOT_A_RECORD') });
		else if (Object.values(cells).every(isBlank)) tally.blank();
		else yield tally.row<object>(place, read(cells, mapping, options, place));
	}
	yield tally.end();
}

function headingsOf(rows: readonly unknown[]): string[] {
	const headings = new Set<string>();
	for (const row of rows) if (isRecord(row)) for (const name of Object.keys(row)) headings.add(name);
	return [...headings];
}

function isRecord(row: unknown): row is Record<string, unknown> {
	return typeof row === 'object' && row !== null && !Array.isArray(row);
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
