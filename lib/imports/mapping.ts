import { CrmError } from '../domain/errors';
import { FIELDS, guessMapping, headingKey, NAME_FIELDS, type Field, type GuessedMapping } from './headings';

/** Corrections of the guess: the heading that fills a field, or null where no column may fill it. */
export type MappingOverride = Partial<Record<Field, string | null>>;

/**
 * The guess, corrected by the caller.
 * @throws CrmError when a correction names a field or a heading that does not exist, or when nothing fills a name
 */
export function mapHeadings(headings: readonly string[], override: MappingOverride = {}): GuessedMapping {
	const corrected = Object.entries(override) as Array<[Field, string | null]>;
	const { mapping } = guessMapping(headings.filter((heading) => !corrected.some(([, named]) => named !== null && isSame(heading, named))));
	for (const [field, named] of corrected) {
		if (!FIELDS.includes(field)) throw new CrmError(`The column mapping names a field "${field}" that does not exist.`, `Use one of: ${FIELDS.join(', ')}.`);
		delete mapping[field];
		if (named !== null) mapping[field] = headingNamed(named, field, headings);
	}
	if (!NAME_FIELDS.some((field) => mapping[field] !== undefined)) {
		throw new CrmError(
			`None of the ${headings.length} headings is known as a column of names.`,
			'Add a heading such as Cognome and Nome to the file, or say in the column mapping which columns hold the last and the first name.',
		);
	}
	const taken = new Set(Object.values(mapping));
	return { mapping, unknownHeadings: headings.filter((heading) => !taken.has(heading)) };
}

function headingNamed(named: string, field: Field, headings: readonly string[]): string {
	const heading = headings.find((candidate) => candidate === named) ?? headings.find((candidate) => isSame(candidate, named));
	if (heading !== undefined) return heading;
	throw new CrmError(
		`The column mapping takes ${field} from a heading "${named}" that is not there.`,
		`Choose one of the headings: ${headings.slice(0, 60).join(', ')}.`,
	);
}

function isSame(heading: string, named: string): boolean {
	return heading === named || (headingKey(named) !== '' && headingKey(heading) === headingKey(named));
}
