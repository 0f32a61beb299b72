import { fold } from '../domain/text';
import spellings from './data/headings.json';

/** A field of a customer that a column can fill. `lastFirstName` and `firstLastName` are whole names in one cell, in that order. */
export type Field = keyof typeof spellings;

export const FIELDS = Object.keys(spellings) as Field[];

/** The fields that can give a customer a name; a file needs one of them. */
export const NAME_FIELDS = ['lastName', 'firstName', 'lastFirstName', 'firstLastName'] as const satisfies readonly Field[];

/** Which heading fills which field. */
export type Mapping = Partial<Record<Field, string>>;

/** What the headings of a file seem to mean. */
export interface GuessedMapping {
	mapping: Mapping;
	/** Headings that fill nothing, in the order of the file. */
	unknownHeadings: string[];
}

/** Little words that programs put in or leave out. */
const LITTLE_WORDS = new Set(['di', 'del', 'della', 'dei', 'delle', 'dell', 'al', 'alla', 'all', 'il', 'la', 'lo', 'of', 'the']);
/** A hint at the form of the values, such as (gg/mm/aaaa), (S/N) or (M/F). No other bracket is skipped: it may change the meaning. */
const FORM_HINT = /\((?:[gmady/.\- ]+|s[iì]?\/no?|y\/n|yes\/no|[mf]\/[mf])\)/gi;

const FIELD_OF = new Map(FIELDS.flatMap((field) => spellings[field].map((spelling) => [headingKey(spelling), field] as const)));

/** A heading as it is compared: any case, accents, punctuation and little words are the same. */
export function headingKey(heading: string): string {
	return fold(heading.replace(FORM_HINT, '')).split(' ').filter((word) => !LITTLE_WORDS.has(word)).join('');
}

/**
 * Recognises the headings of a shop program's export, Italian or English. The first of two headings for one field is taken, the other
 * is listed as unknown. A generic privacy column is left unknown on purpose: a signed notice is no consent.
 */
export function guessMapping(headings: readonly string[]): GuessedMapping {
	const mapping: Mapping = {};
	for (const heading of headings) {
		const field = FIELD_OF.get(headingKey(heading));
		if (field) mapping[field] ??= heading;
	}
	// Without a column for last names, the one called "Nome" holds whole names.
	const wholeName = mapping.lastName || mapping.lastFirstName || mapping.firstLastName ? undefined : mapping.firstName;
	if (wholeName !== undefined) {
		delete mapping.firstName;
		mapping.lastFirstName = wholeName;
	}
	const taken = new Set(Object.values(mapping));
	return { mapping, unknownHeadings: headings.filter((heading) => !taken.has(heading)) };
}
