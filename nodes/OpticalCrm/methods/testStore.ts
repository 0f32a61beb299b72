import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';
import { CrmError } from '../../../lib/domain/errors';
import { checkSettings, openDatabase, type StoreSettings } from '../../../lib/store/open';
import { findShop } from '../../../lib/store/shops';

/** Opens the store as the nodes will, and says whether the shop is set up. */
export async function testStore(data: ICredentialDataDecryptedObject | undefined): Promise<INodeCredentialTestResult> {
	try {
		const settings = (data ?? {}) as unknown as StoreSettings;
		checkSettings(settings);
		const shop = await findShop(await openDatabase(settings), settings.shop);
		return {
			status: 'OK',
			message: shop ? `The store of ${shop.name} is open` : `The store is open. Set up the shop "${settings.shop}" with Optical CRM > Shop > Create or Update.`,
		};
	} catch (error) {
		const howToGoOn = error instanceof CrmError ? ` ${error.howToGoOn}` : '';
		return { status: 'Error', message: `${(error as Error).message}.${howToGoOn}` };
	}
}
