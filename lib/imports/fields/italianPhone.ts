import metadata from 'libphonenumber-js/metadata.max.json';

/** What staff type most: the number alone or behind +39, its digits parted by single spaces, dots, dashes or slashes. */
const USUAL = /^(?:\+39 ?)?(\d(?:[ ./-]?\d){5,11})$/;
/** Of 3 and ten digits in all, every second digit from 2 on is a mobile's (the library's pattern for mobiles has the same and rarer ones). */
const MOBILE = /^3[2-9]\d{8}$/;
/** The library's own pattern for landlines, compiled once; the library compiles its patterns again for every number. */
const LANDLINE = new RegExp(`^(?:${landlinesOf(metadata.countries.IT)})$`);

/** A number parted at most once, behind its first digits, and what stands between two such numbers. */
const TIDY = /^(?:\+39 ?)?\d{2,4}[ ./-]?\d{4,9}$/;
const BETWEEN = / ?[;,|] ?| [/-] /;

/** A phone number as an import takes it. */
type Phone = { e164: string; line: 'mobile' | 'landline' };

/**
 * The Italian numbers that a text is made of, where it is one in the usual form or several tidy ones with a clear sign between; undefined
 * where the library must look closer.
 */
export function italianPhones(text: string): Phone[] | undefined {
	const only = italianPhone(text);
	if (only) return [only];
	const parts = text.split(BETWEEN);
	const phones = parts.flatMap((part) => (TIDY.test(part) && italianPhone(part)) || []);
	return parts.length > 1 && phones.length === parts.length ? phones : undefined;
}

/**
 * The Italian mobile or landline that a text is, where it is one. It gives what the library gives, in a twentieth of the time, which
 * counts in an import of a million rows.
 */
function italianPhone(text: string): Phone | undefined {
	const written = USUAL.exec(text)?.[1];
	if (written === undefined) return undefined;
	const digits = written.replace(/\D/g, '');
	const line = MOBILE.test(digits) ? 'mobile' : LANDLINE.test(digits) ? 'landline' : undefined;
	return line && { e164: `+39${digits}`, line };
}

/** Where the metadata of a country (format 4) keeps the pattern of its fixed lines: 11 are the types of number, 0 of them the fixed lines. */
function landlinesOf(country: unknown[] = []): string {
	const [[pattern]] = country[11] as [[string]];
	return pattern;
}
