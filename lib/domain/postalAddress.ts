/** Where somebody lives, as the store keeps it: JSON of these parts. */
export interface PostalAddress {
	street?: string;
	postalCode?: string;
	town?: string;
	/** Two letters of an Italian province. */
	province?: string;
	/** ISO 3166 alpha-2. */
	country?: string;
}

const PARTS = ['street', 'postalCode', 'town', 'province', 'country'] as const;

/** The parts of an address in the store; undefined where it is free text, as older sources gave it. */
export function addressParts(value: string): PostalAddress | undefined {
	if (!value.startsWith('{')) return undefined;
	const stored = JSON.parse(value) as Record<string, unknown>;
	return Object.fromEntries(PARTS.flatMap((part) => (typeof stored[part] === 'string' && stored[part].trim() !== '' ? [[part, stored[part].trim()]] : [])));
}

/** An address in one line. */
export function addressInWords(value: string): string {
	const parts = addressParts(value);
	if (!parts) return value;
	const { street, postalCode, town, province, country } = parts;
	return [street, [postalCode, town, province].filter(Boolean).join(' '), country].filter(Boolean).join(', ');
}

/**
 * The lines of an address on an envelope, below the name: street, then postal code, town and province, then the country where it is another
 * than the sender's, in capital letters.
 */
export function envelopeLines(value: string, homeCountry: string): string[] {
	const parts = addressParts(value);
	// Free text: the part with the postal code goes on a line of its own.
	if (!parts) return value.split(/\s*\n\s*|\s*,\s*(?=(?:I-|IT-)?\d{5}\b)/).map((line) => line.trim()).filter(Boolean);
	const { street, postalCode, town, province, country } = parts;
	const abroad = country !== undefined && country !== homeCountry;
	const place = [postalCode, town, ...(abroad ? [] : [province])].filter(Boolean).join(' ');
	return [street, place, abroad ? countryName(country, homeCountry) : undefined].filter((line) => line !== undefined && line !== '') as string[];
}

/** In the language of the country that the letter is posted in: its post office sorts it. */
function countryName(code: string, homeCountry: string): string {
	try {
		return (new Intl.DisplayNames(homeCountry === 'IT' ? 'it' : 'en', { type: 'region' }).of(code) ?? code).toUpperCase();
	} catch {
		return code;
	}
}
