import type { FunctionsBase } from 'n8n-workflow';
import { openStore, type Store, type StoreSettings } from '../../lib/store/open';
import { nodeError } from './errors';
import { logMigration } from './log';

/** The store of the node's credential. The file is opened once for the whole n8n process. @param settings of the credential, where they were read already */
export async function storeOf(context: FunctionsBase, settings?: StoreSettings): Promise<Store> {
	try {
		const given = settings ?? (await storeSettings(context));
		const store = await openStore(given);
		logMigration(context, given);
		return store;
	} catch (error) {
		throw nodeError(context.getNode(), error);
	}
}

/** What the node's credential says of the store, for operations that set up the shop itself. */
export async function storeSettings(context: FunctionsBase): Promise<StoreSettings> {
	return await context.getCredentials<StoreSettings & Record<string, never>>('opticalCrmStoreApi');
}
