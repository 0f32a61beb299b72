import { fold } from '../domain/text';
import spellings from './data/headings.json';

/** A field of a customer that a column can fill. `lastFirstName` and `firstLastName` are whole names in one cell, in that order. */
export type Field = keyof typeof spellings;

export const FIELDS = Object.keys(spellings) as Field[];

/** The fields that can give a customer a name. */
export const NAME_FIELDS = ['lastName', 'firstName', 'lastFirstName', 'firstLastName'] as const satisfies readonly Field[];
export type NameField = (typeof NAME_FIELDS)[number];

/** The headings that a kind of file may have. */
export interface KnownHeadings<F extends string = Field> {
	fields: readonly F[];
	/** The field of a heading, by its `headingKey`. */
	fieldOf: ReadonlyMap<string, F>;
	/** What a file cannot do without: of each of these, one field. */
	needed: ReadonlyArray<{ what: string; fields: readonly F[]; suchAs: string }>;
	/** A row of headings that would do. */
	example: string;
}

/** Which heading fills which field. */
export type Mapping<F extends string = Field> = Partial<Record<F, string>>;

/** What the headings of a file seem to mean. */
export interface GuessedMapping<F extends string = Field> {
	mapping: Mapping<F>;
	/** Headings that fill nothing, in the order of the file. */
	unknownHeadings: string[];
}

/** Little words that programs put in or leave out. */
const LITTLE_WORDS = new Set(['di', 'del', 'della', 'dei', 'delle', 'dell', 'al', 'alla', 'all', 'il', 'la', 'lo', 'of', 'the']);
/** A hint at the form of the values, such as (gg/mm/aaaa), (S/N) or (M/F). No other bracket is skipped: it may change the meaning. */
const FORM_HINT = /\((?:[gmady/.\- ]+|s[iì]?\/no?|y\/n|yes\/no|[mf]\/[mf])\)/gi;

/** A heading as it is compared: any case, accents, punctuation and little words are the same, and DataNascita is two words. */
export function headingKey(heading: string): string {
	return fold(heading.replace(FORM_HINT, '').replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')).split(' ').filter((word) => !LITTLE_WORDS.has(word)).join('');
}

/** The headings of a kind of file, from the spellings of each field. */
export function knownHeadings<F extends string>(words: Record<F, readonly string[]>, needed: KnownHeadings<F>['needed'], example: string): KnownHeadings<F> {
	const fields = Object.keys(words) as F[];
	return { fields, needed, example, fieldOf: new Map(fields.flatMap((field) => words[field].map((spelling) => [headingKey(spelling), field] as const))) };
}

/** The headings of customers. */
export const CUSTOMER_HEADINGS: KnownHeadings = knownHeadings<Field>(
	spellings,
	[{ what: 'a name', fields: NAME_FIELDS, suchAs: 'Cognome and Nome' }],
	'Codice;Cognome;Nome;Data di nascita;Cellulare;E-mail',
);

/**
 * Recognises the headings of a shop program's export, Italian or English. The first of two headings for one field is taken, the other
 * is listed as unknown. A generic privacy column is left unknown on purpose: a signed notice is no consent.
 */
export function guessMapping(headings: readonly string[]): GuessedMapping;
export function guessMapping<F extends string>(headings: readonly string[], known: KnownHeadings<F>): GuessedMapping<F>;
export function guessMapping(headings: readonly string[], { fieldOf }: KnownHeadings<string> = CUSTOMER_HEADINGS): GuessedMapping<string> {
	const mapping: Mapping<string> = {};
	for (const heading of headings) {
		const field = fieldOf.get(headingKey(heading));
		if (field) mapping[field] ??= heading;
	}
	// Without a column for last names, the one called "Nome" holds whole names.
	const wholeName = mapping.lastName || mapping.lastFirstName || mapping.firstLastName ? undefined : mapping.firstName;
	if (wholeName !== undefined) {
		delete mapping.firstName;
		mapping.lastFirstName = wholeName;
	}
	return { mapping, unknownHeadings: unknownHeadings(headings, mapping) };
}

/** Headings that fill nothing. */
export function unknownHeadings(headings: readonly string[], mapping: Mapping<string>): string[] {
	const taken = new Set(Object.values(mapping));
	return headings.filter((heading) => !taken.has(heading));
}

/** What a file lacks whose columns fill these fields. */
export function missingOf<F extends string>({ needed }: KnownHeadings<F>, filled: ReadonlySet<string>): KnownHeadings<F>['needed'][number] | undefined {
	return needed.find(({ fields }) => !fields.some((field) => filled.has(field)));
}
