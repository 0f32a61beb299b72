import type { StoreSettings } from '../../lib/store/open';
import type { StorePlace } from '../../lib/store/place';
import type { GeneratedShop } from '../shop/generateShop';
import type { Standins } from '../standins/standins';
import type { StepContext } from './command';
import type { DemoOptions } from './demoOptions';
import type { CredentialIds, N8nClient } from './n8nClient';
import type { N8nServer } from './n8nServer';

/** The demo's member of staff. Nowhere but here is there a password that others know. */
export const STAFF = { name: 'chiara', password: 'ottica-belvedere', role: 'lead' };

/** Addresses of the demo's pages, as the bundled workflows give them. */
export const DESK_PATH = 'ottica/desk';
export const CUSTOMER_PATH = 'ottica/customer';

/** What is there when the shop moves in: an n8n with the nodes installed, and the stand-ins. */
export interface ShopContext extends StepContext {
	options: DemoOptions;
	client: N8nClient;
	server: N8nServer;
	/** Where the pages of the workflows are, if another process than `server` serves them; without a slash at the end. */
	pagesUrl?: string;
	/** Where the store is, if it is no file of the folder. */
	place?: StorePlace;
	standins: Standins;
	/** Whose a number or an app is, for the page that shows what arrived; filled when the shop moves in. */
	owners: Map<string, string>;
	/** Kept between two starts; for the store and whatever else the shop needs. */
	folder: string;
	/** Seconds to take a yes back on the Desk, where a test will not wait as long as people do. */
	undoSeconds?: number;
}

/** Where the pages of the workflows are: without a slash at the end. */
export function pagesOf({ server, pagesUrl }: Pick<ShopContext, 'server' | 'pagesUrl'>): string {
	return `${pagesUrl ?? server.baseUrl}/webhook`;
}

/** The shop that moved in, for the check and for tests. */
export interface MovedIn {
	context: ShopContext;
	settings: StoreSettings;
	generated: GeneratedShop;
	/** The day that the shop takes as today, and the one of its first start. */
	today: string;
	firstDay: string;
	credentials: CredentialIds;
	/** Ids of the workflows by file name. */
	workflows: Record<string, string>;
	/** The summary that the import gave, and the rows to mend. */
	imported: { summary: Record<string, unknown>; toMend: Record<string, unknown>[] };
}

/** A shop that is ready to be used. */
export interface OpenedShop {
	/** What the user is told beside the addresses of n8n and of the page that shows what arrived: lines in plain words. */
	welcome: string[];
	/** Runs the main job without a person. Only called with `--check`, and then in a folder without a past. */
	check(): Promise<CheckResult>;
}

/** Printed as JSON; more fields are welcome. */
export interface CheckResult {
	ok: boolean;
	[field: string]: unknown;
}
