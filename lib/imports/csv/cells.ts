import { parse } from 'csv-parse/sync';
import type { RawRecord } from './records';

/**
 * Cuts rows into cells. A row without quotes is parted at its separators. Those with quotes are parsed all at once, because that is fast;
 * when the parser does not find exactly one row in each, one by one.
 * @returns for each row its cells, or undefined where it cannot be read
 */
export function cutIntoCells(records: readonly Pick<RawRecord, 'text'>[], separator: string): Array<string[] | undefined> {
	const quoted = parsed(records.flatMap(({ text }) => (isQuoted(text) ? [text] : [])), separator);
	let next = 0;
	return records.map(({ text }) => (isQuoted(text) ? quoted[next++] : text.split(separator).map((cell) => cell.trim())));
}

function isQuoted(text: string): boolean {
	return text.includes('"');
}

function parsed(texts: readonly string[], separator: string): Array<string[] | undefined> {
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
