import capPrefixes from './data/capPrefixes.json';
import { addressParts } from './postalAddress';

export const ADDRESS_DOUBTS = ['NO_ADDRESS', 'FREE_TEXT', 'NO_STREET', 'NO_NUMBER', 'NO_TOWN', 'NO_CAP', 'CAP_WRONG', 'NO_PROVINCE', 'CAP_NOT_OF_PROVINCE', 'NO_COUNTRY'] as const;
/** Why a letter to an address may not arrive. */
export type AddressDoubt = (typeof ADDRESS_DOUBTS)[number];

/** What a look at an address says before it is printed. */
export type AddressVerdict = { ok: true } | { ok: false; doubt: AddressDoubt };

/** The first three digits of the postal codes of each Italian province, those that reach over its border too. Source: ISTAT's list of municipalities with their CAP, 2025. */
const PREFIXES: Record<string, string> = capPrefixes;

/** Places in the country without a number: no street has one there. */
const WITHOUT_NUMBER = /^(localit|loc\b|frazione|fraz\b|contrada|c\.?da\b|cascina|casc\b|borgo\b|rione\b|casella postale|c\.?p\.?\s*\d|p\.?o\.? box)|\bs\.?n\.?c\.?\b|\bsenza numero\b/i;

/**
 * Whether a letter to this address is likely to arrive: CAP of five digits that the province has, a street with its number, a town; abroad a
 * street, a town and a country. It does not know every street: `ok` says that nothing speaks against it.
 * @param value the contact point, as the store keeps it
 * @param homeCountry ISO 3166 alpha-2 of the shop: of an address that names no country
 */
export function checkAddress(value: string | undefined, homeCountry: string): AddressVerdict {
	const doubt = doubtOf(value?.trim() ?? '', homeCountry);
	return doubt ? { ok: false, doubt } : { ok: true };
}

function doubtOf(value: string, homeCountry: string): AddressDoubt | undefined {
	if (value === '') return 'NO_ADDRESS';
	const parts = addressParts(value);
	if (!parts) return 'FREE_TEXT';
	const { street, postalCode, town, province, country = homeCountry } = parts;
	if (street === undefined) return 'NO_STREET';
	if (town === undefined) return 'NO_TOWN';
	if (country !== 'IT') return /^[A-Z]{2}$/.test(country) ? undefined : 'NO_COUNTRY';
	if (!/\d/.test(street) && !WITHOUT_NUMBER.test(street)) return 'NO_NUMBER';
	if (postalCode === undefined) return 'NO_CAP';
	if (!/^\d{5}$/.test(postalCode)) return 'CAP_WRONG';
	if (province === undefined) return 'NO_PROVINCE';
	return isOfProvince(postalCode, province) ? undefined : 'CAP_NOT_OF_PROVINCE';
}

/** A province that is not in the list is not doubted: borders change more often than packages. */
function isOfProvince(postalCode: string, province: string): boolean {
	return PREFIXES[province.toUpperCase()]?.split(' ').includes(postalCode.slice(0, 3)) ?? true;
}
