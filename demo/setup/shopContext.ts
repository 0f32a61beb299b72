import type { Mailbox } from '../standins/mailbox';
import type { StepContext } from './command';
import type { DemoOptions } from './demoOptions';
import type { N8nClient } from './n8nClient';
import type { N8nServer } from './n8nServer';

/** What is there when the shop moves in: an n8n with the nodes installed, and the stand-ins. */
export interface ShopContext extends StepContext {
	options: DemoOptions;
	client: N8nClient;
	server: N8nServer;
	mailbox: Mailbox;
	/** The page that shows what was "sent"; without a slash at the end. */
	mailboxUrl: string;
	/** Kept between two starts; for the store and whatever else the shop needs. */
	folder: string;
	/** Seconds to take a yes back on the Desk, where a test will not wait as long as people do. */
	undoSeconds?: number;
}

/** A shop that is ready to be used. */
export interface OpenedShop {
	/** What the user is told beside the addresses of n8n and of the mailbox: lines in plain words. */
	welcome: string[];
	/** Runs the main job without a person. Only called with `--check`, and then in a folder without a past. */
	check(): Promise<CheckResult>;
}

/** Printed as JSON; more fields are welcome. */
export interface CheckResult {
	ok: boolean;
	[field: string]: unknown;
}
