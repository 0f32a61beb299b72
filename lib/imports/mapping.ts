import { CrmError } from '../domain/errors';
import { CUSTOMER_HEADINGS, guessMapping, headingKey, missingOf, unknownHeadings, type Field, type GuessedMapping, type KnownHeadings } from './headings';

/** Corrections of the guess: the heading that fills a field, or null where no column may fill it. */
export type MappingOverride<F extends string = Field> = Partial<Record<F, string | null>>;

/**
 * The guess, corrected by the caller.
 * @throws CrmError when a correction names a field or a heading that does not exist, or when nothing fills what the kind of file needs
 */
export function mapHeadings(headings: readonly string[], override?: MappingOverride): GuessedMapping;
export function mapHeadings<F extends string>(headings: readonly string[], override: MappingOverride<F> | undefined, known: KnownHeadings<F>): GuessedMapping<F>;
export function mapHeadings(headings: readonly string[], override: MappingOverride<string> = {}, known: KnownHeadings<string> = CUSTOMER_HEADINGS): GuessedMapping<string> {
	const corrected = Object.entries(override);
	const left = headings.filter((heading) => !corrected.some(([, named]) => typeof named === 'string' && isSame(heading, named)));
	const { mapping } = guessMapping(left, known);
	for (const [field, named] of corrected) {
		if (!known.fields.includes(field)) throw new CrmError(`The column mapping names a field "${field}" that does not exist.`, `Use one of: ${known.fields.join(', ')}.`);
		delete mapping[field];
		if (typeof named === 'string') mapping[field] = headingNamed(named, field, headings);
	}
	const missing = missingOf(known, new Set(Object.keys(mapping)));
	if (missing) {
		throw new CrmError(
			`None of the ${headings.length} headings is known as that of ${missing.what}.`,
			`Add a heading such as ${missing.suchAs} to the file, or say in the column mapping which column holds it.`,
		);
	}
	return { mapping, unknownHeadings: unknownHeadings(headings, mapping) };
}

function headingNamed(named: string, field: string, headings: readonly string[]): string {
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
