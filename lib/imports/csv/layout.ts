import { CrmError } from '../../domain/errors';
import { cellText } from '../cell';
import { guessMapping, NAME_FIELDS } from '../headings';
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
 * @throws CrmError when there is no text, no separator or no known heading of a name, or when there are too many columns
 */
export function findLayout(lines: readonly Line[], override?: MappingOverride): Layout {
	const candidates = SEPARATORS.flatMap((separator) => rowsOf(lines, separator));
	if (candidates.length === 0) refuseNothing(lines);
	let best: Layout | undefined;
	let mostKnown = 0;
	for (const candidate of candidates) {
		const known = knownHeadings(candidate.headings, override);
		if (known <= mostKnown) continue;
		mostKnown = known;
		best = candidate;
	}
	if (!best) return refuse(lines, candidates);
	if (best.headings.length > MOST_COLUMNS) {
		throw new CrmError(`The file has ${best.headings.length} columns; more than ${MOST_COLUMNS} cannot be read.`, 'Export the customers only, one row each.');
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

/** How many headings of a row are known or named by the caller; none where nothing would fill a name. */
function knownHeadings(headings: string[], override: MappingOverride = {}): number {
	const { mapping } = guessMapping(headings);
	const named = Object.entries(override).filter(([, heading]) => typeof heading === 'string' && headings.includes(heading));
	const fields = new Set([...Object.keys(mapping), ...named.map(([field]) => field)]);
	return NAME_FIELDS.some((field) => fields.has(field)) && headings.length > 1 ? fields.size : 0;
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
function refuse(lines: readonly Line[], candidates: readonly Layout[]): never {
	if (lines.some(({ text }) => text.includes('\0'))) {
		throw new CrmError('This is not a CSV file: it holds zero bytes, as binary files and UTF-16 text without a byte order mark do.', 'Save it as CSV in UTF-8.');
	}
	const columns = Math.max(...candidates.map(({ headings }) => headings.length));
	if (columns === 1) {
		throw new CrmError('The file has one column only: no semicolon, comma, tab or bar parts its first rows.', 'Export it as CSV with semicolons.');
	}
	throw new CrmError(
		`No known heading of a name was found in the first ${ROWS_OF_HEADINGS} rows (up to ${columns} columns).`,
		'Put a first row with headings such as Codice;Cognome;Nome;Data di nascita;Cellulare;E-mail, or say in the column mapping what each heading means.',
	);
}
