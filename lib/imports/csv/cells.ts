import { parse } from 'csv-parse/sync';
import type { RawRecord } from './records';

/**
 * Cuts rows into cells. All at once, because that is fast; when the parser does not find exactly one row in each, one by one.
 * @returns for each row its cells, or undefined where it cannot be read
 */
export function cutIntoCells(records: readonly Pick<RawRecord, 'text'>[], separator: string): Array<string[] | undefined> {
	const texts = records.map(({ text }) => text);
	const all = rowsOf(texts.join('\n'), separator);
	if (all?.length === texts.length) return all;
	return texts.map((text) => {
		const rows = rowsOf(text, separator);
		return rows?.length === 1 ? rows[0] : undefined;
	});
}

function rowsOf(text: string, separator: string): string[][] | undefined {
	try {
		return parse(text, { delimiter: separator, record_delimiter: '\n', relax_column_count: true, relax_quotes: true, trim: true });
	} catch {
		return undefined;
	}
}
