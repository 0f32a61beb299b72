import { fold } from '../../domain/text';
import provinces from '../data/provinces.json';
import type { Parsed } from '../parsed';
import { isAbsent } from './words';

const CODE_OF = new Map(Object.entries(provinces).flatMap(([code, name]) => [[fold(code), code], [fold(name), code]]));

/** The two letters of an Italian province, from its code or its name. Source: ISTAT, codes of the territorial units. */
export function province(text: string): Parsed<string> {
	const value = CODE_OF.get(fold(text));
	if (value) return { value };
	return isAbsent(text) ? {} : { problem: 'PROVINCE_UNKNOWN' };
}
