import type { FunctionsBase, IExecuteFunctions } from 'n8n-workflow';
import { openDatabase, openStore, type Store, type StoreSettings } from '../../lib/store/open';
import { nodeError } from './errors';
import { logMigration } from './log';
import { rememberOccasions } from './occasions';

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

/** The nodes of an execution follow each other at once: so long the next one need not read again what is known of the shop. Milliseconds. */
const FRESH_MS = 1000;
const ofExecutions = new Map<string, { store: Store; readAt: number }>();

/** The same for nodes that work on the items of an execution one after the other: the shop, and which occasions theirs are, is read once for all of them, and again where more than a moment has passed. */
export async function storeOfExecution(context: IExecuteFunctions): Promise<Store> {
	const settings = await storeSettings(context);
	const execution = context.getExecutionId();
	if (!execution) return await storeOf(context, settings);
	const key = `${execution} ${JSON.stringify(settings)}`;
	const readAt = performance.now();
	for (const [one, known] of ofExecutions) if (readAt - known.readAt > FRESH_MS) ofExecutions.delete(one);
	const known = ofExecutions.get(key)?.store;
	// A store that was restored meanwhile is another one.
	if (known && known.db === (await openDatabase(settings))) return known;
	const store = await storeOf(context, settings);
	rememberOccasions(store);
	ofExecutions.set(key, { store, readAt });
	return store;
}

/** What the node's credential says of the store, for operations that set up the shop itself. */
export async function storeSettings(context: FunctionsBase): Promise<StoreSettings> {
	return await context.getCredentials<StoreSettings & Record<string, never>>('opticalCrmStoreApi');
}
