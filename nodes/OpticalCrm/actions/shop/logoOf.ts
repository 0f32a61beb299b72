import type { IExecuteFunctions } from 'n8n-workflow';
import { readLogo, type ShopLogo } from '../../../../lib/domain/shopLogo';

/**
 * The logo that the panel names.
 * @param field of the input item; empty takes the logo away, and `undefined` leaves it as it is
 */
export async function logoOf(context: IExecuteFunctions, index: number, field: string | undefined): Promise<ShopLogo | null | undefined> {
	if (field === undefined) return undefined;
	if (field.trim() === '') return null;
	return readLogo(await context.helpers.getBinaryDataBuffer(index, field.trim()));
}
