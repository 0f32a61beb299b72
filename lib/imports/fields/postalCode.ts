import type { Parsed } from '../parsed';
import { isAbsent } from './words';

/**
 * A postal code. An Italian one has five digits; a spreadsheet that took it for a number has lost its first zeros, which come back.
 * @param italian whether the address is known to be Italian
 */
export function postalCode(text: string, italian: boolean): Parsed<string> {
	const compact = text.replace(/^(I|IT)-(?=\d)/i, '').replace(/\.0$/, '');
	if (isAbsent(compact) || /^0+$/.test(compact)) return {};
	if (/^\d{5}$/.test(compact)) return { value: compact };
	if (italian) return /^\d{2,4}$/.test(compact) ? { value: compact.padStart(5, '0') } : { problem: 'POSTAL_CODE_UNUSABLE' };
	return /^[a-z0-9][a-z0-9 -]{1,9}$/i.test(compact) && /\d/.test(compact) ? { value: compact.toUpperCase() } : { problem: 'POSTAL_CODE_UNUSABLE' };
}
