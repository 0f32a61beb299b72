import { isSupportedCountry } from 'libphonenumber-js/max';
import { CrmError } from '../domain/errors';
import { isLocalDate } from '../domain/time';
import type { Field } from './headings';
import type { MappingOverride } from './mapping';
import type { RowOptions } from './types';

/** What an import depends on besides its rows. */
export interface ImportOptions<F extends string = Field> extends RowOptions {
	/** Corrections of the guessed columns. */
	mapping?: MappingOverride<F>;
}

/**
 * Refuses settings with which every row would go wrong.
 * @throws CrmError naming the setting
 */
export function checkOptions({ today, country }: RowOptions): void {
	if (!isLocalDate(today)) throw new CrmError('The import got no day to take as today.', 'Give it as YYYY-MM-DD, for example 2026-11-22.');
	if (!isSupportedCountry(country)) throw new CrmError('The country of the shop is not known.', 'Give it as two capital letters, for example IT.');
}
