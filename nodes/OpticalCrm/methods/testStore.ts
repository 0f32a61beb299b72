import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';
import { CrmError } from '../../../lib/domain/errors';
import { checkSettings, openDatabase, type StoreSettings } from '../../../lib/store/open';
import { checkedPlace } from '../../../lib/store/place';
import { findShop } from '../../../lib/store/shops';

/** A path that does not begin at the root depends on where n8n was started: told, so that nobody looks for the file in vain. */
function where(settings: StoreSettings): string {
	const place = checkedPlace(settings);
	return place.database === 'postgres' ? '' : ` (${place.file})`;
}

/** Opens the store as the nodes will, and says whether the shop is set up. */
export async function testStore(data: ICredentialDataDecryptedObject | undefined): Promise<INodeCredentialTestResult> {
	try {
		const settings = (data ?? {}) as unknown as StoreSettings;
		checkSettings(settings);
		const shop = await findShop(await openDatabase(settings), settings.shop);
		return {
			status: 'OK',
			message: shop ? `The store of ${shop.name} is open${where(settings)}` : `The store is open${where(settings)}. Set up the shop "${settings.shop}" with Optical CRM > Shop > Create or Update.`,
		};
	} catch (error) {
		const howToGoOn = error instanceof CrmError ? ` ${error.howToGoOn}` : '';
		return { status: 'Error', message: `${(error as Error).message}.${howToGoOn}` };
	}
}
