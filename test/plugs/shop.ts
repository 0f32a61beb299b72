import type { Instant } from '../../lib/domain/time';
import { openDatabase, openStore, type Store, type StoreSettings } from '../../lib/store/open';
import { openAllSteps } from '../../lib/store/rollout/changes';
import { saveShop } from '../../lib/store/shops';
import { ANY_HOUR, NOTICE } from '../support/store';

/** What the credential of the store says beside the place. */
export const CODE = { shop: 'main', secret: 'the-plugs-hold-no-secrets-0123456789abcdef' };

/** Makes the shop of a run in an empty store: it writes at any hour, and all steps are open. */
export async function openShop(settings: StoreSettings, now: Instant, customerPageUrl = 'https://crm.example/webhook/ottica/customer'): Promise<Store> {
	await saveShop(await openDatabase(settings), CODE.shop, {
		name: 'Ottica Prova', street: 'Via Roma 1', town: 'Firenze', email: 'ciao@ottica.example', phone: '+39055000000', signature: 'Chiara', smsAlias: 'Prova',
		customerPageUrl, privacyNotices: [{ ...NOTICE, purposes: [...NOTICE.purposes] }], policy: ANY_HOUR,
	}, now);
	const store = await openStore(settings);
	await openAllSteps(store, 'chiara', now);
	return store;
}
