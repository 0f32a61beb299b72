import type { IDataObject } from 'n8n-workflow';
import type { Shop } from '../../../../lib/domain/shop';

/** A shop as an item shows it: of the logo only what it is, because the picture itself is no text. */
export function shownShop({ logo, ...shop }: Shop): IDataObject {
	return { ...shop, ...(logo && { logo: { type: logo.type, width: logo.width, height: logo.height } }) } as unknown as IDataObject;
}
