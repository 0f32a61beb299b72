import { timeZoneName } from '../../domain/time';
import type { Parsed } from '../parsed';
import { isAbsent } from './words';

/** A time zone of the IANA list. */
export function timeZone(text: string): Parsed<string> {
	const value = timeZoneName(text);
	if (value) return { value };
	return isAbsent(text) ? {} : { problem: 'TIME_ZONE_UNKNOWN' };
}
