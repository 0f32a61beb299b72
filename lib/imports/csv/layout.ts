import { CrmError } from '../../domain/errors';
import { cellText } from '../cell';
import { CUSTOMER_HEADINGS, guessMapping, missingOf, type KnownHeadings } from '../headings';
import type { MappingOverride } from '../mapping';
import { cutIntoCells } from './cells';
import type { Line } from './lines';
import { RecordJoiner } from './records';

const SEPARATORS = [';', ',', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** Rows in which the headings are looked for: some programs print a title above them. */
export const ROWS_OF_HEADINGS = 20;
const MOST_COLUMNS = 1000;

/** How a file is built. */
export interface Layout {
	separator: Separator;
	/** One for each column, all different; a column without a heading is called after its number. */
	headings: string[];
	/** The line on which the headings end. */
	headingLine: number;
}

/**
 * Finds the separator and the headings: the row, and the way to cut it, in which most headings are known.
 * @param lines the first lines of the file
 * @throws CrmError when there is no text, no separator or no headings that the kind of file needs, or when there are too many columns
 */
export function findLayout(lines: readonly Line[], override?: MappingOverride<string>, kind: KnownHeadings<string> = CUSTOMER_HEADINGS): Layout {
	const candidates = SEPARATORS.flatMap((separator) => rowsOf(lines, separator));
	if (candidates.length === 0) refuseNothing(lines);
	let best: Layout | undefined;
	let mostKnown = 0;
	for (const candidate of candidates) {
		const known = countKnown(candidate.headings, kind, override);
		if (known <= mostKnown) continue;
		mostKnown = known;
		best = candidate;
	}
	if (!best) return refuse(lines, candidates, kind);
	if (best.headings.length > MOST_COLUMNS) {
		throw new CrmError(`The file has ${best.headings.length} columns; more than ${MOST_COLUMNS} cannot be read.`, 'Export only the columns that are needed.');
	}
	return { ...best, headings: differentHeadings(best.headings) };
}

function rowsOf(lines: readonly Line[], separator: Separator): Layout[] {
	const joiner = new RecordJoiner(separator);
	const records = [...lines.flatMap((line) => [...joiner.push(line)]), ...joiner.end()].filter(({ problem }) => !problem);
	const cells = cutIntoCells(records, separator);
	return records.flatMap(({ lastLine }, index) => {
		const headings = cells[index]?.map(cellText);
		return headings ? [{ separator, headings, headingLine: lastLine }] : [];
	});
}

/** How many headings of a row are known or named by the caller; none where something that the file needs would be missing. */
function countKnown(headings: string[], kind: KnownHeadings<string>, override: MappingOverride<string> = {}): number {
	const { mapping } = guessMapping(headings, kind);
	const named = Object.entries(override).filter(([, heading]) => typeof heading === 'string' && headings.includes(heading));
	const fields = new Set([...Object.keys(mapping), ...named.map(([field]) => field)]);
	return !missingOf(kind, fields) && headings.length > 1 ? fields.size : 0;
}

function differentHeadings(headings: string[]): string[] {
	const taken = new Set<string>();
	return headings.map((heading, index) => {
		let different = heading === '' ? `#${index + 1}` : heading;
		if (taken.has(different)) different = `${different} #${index + 1}`;
		taken.add(different);
		return different;
	});
}

function refuseNothing(lines: readonly Line[]): never {
	if (lines.some(({ tooLarge }) => tooLarge)) {
		throw new CrmError('The first line of the file has more than a million characters, so it is no row of headings.', 'Export the customers as CSV, one row each.');
	}
	throw new CrmError('The file holds no text.', 'Export the customers again and check that the file has rows.');
}

/** Says what was found without quoting it: where the headings are missing, the first row may be a customer. */
function refuse(lines: readonly Line[], candidates: readonly Layout[], { needed, example }: KnownHeadings<string>): never {
	if (lines.some(({ text }) => text.includes('\0'))) {
		throw new CrmError('This is not a CSV file: it holds zero bytes, as binary files and UTF-16 text without a byte order mark do.', 'Save it as CSV in UTF-8.');
	}
	const columns = Math.max(...candidates.map(({ headings }) => headings.length));
	if (columns === 1) {
		throw new CrmError('The file has one column only: no semicolon, comma, tab or bar parts its first rows.', 'Export it as CSV with semicolons.');
	}
	throw new CrmError(
		`No known heading of ${needed.map(({ what }) => what).join(' and ')} was found in the first ${ROWS_OF_HEADINGS} rows (up to ${columns} columns).`,
		`Put a first row with headings such as ${example}, or say in the column mapping what each heading means.`,
	);
}
