import type { PostalAddress } from '../domain/postalAddress';
import { postalCode } from './fields/postalCode';
import { province } from './fields/province';
import { plainText } from './fields/text';
import type { RowReader } from './rowReader';

/** The postal address of a row; undefined where it has none. */
export function postalAddress(row: RowReader): PostalAddress | undefined {
	const inProvince = row.value('province', province);
	const address: PostalAddress = {};
	const street = row.value('street', (text) => plainText(text, 200));
	const code = row.value('postalCode', (text) => postalCode(text, inProvince !== undefined));
	const town = row.value('town', (text) => plainText(text, 100));
	if (street !== undefined) address.street = street;
	if (code !== undefined) address.postalCode = code;
	if (town !== undefined) address.town = town;
	if (inProvince !== undefined) address.province = inProvince;
	return Object.keys(address).length > 0 ? address : undefined;
}
