import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { N8nClient } from '../../../demo/setup/n8nClient';
import { ensureN8n } from '../../../demo/setup/n8nInstall';
import { startN8n, type N8nServer } from '../../../demo/setup/n8nServer';
import { installPackage } from '../../../demo/setup/packageInstall';
import { projectRoot } from '../../../demo/setup/paths';
import { freePort } from '../../../demo/setup/ports';
import { moveIn, PUBLISHED } from '../../../demo/setup/shop';
import { pagesOf, type MovedIn } from '../../../demo/setup/shopContext';
import type { Mailbox } from '../../../demo/standins/mailbox';
import { startStandins, type Standins } from '../../../demo/standins/standins';
import { closeDatabase } from '../../../lib/store/open';

export const OWNER = { email: 'test@ottica.example', password: 'Ottica-test-1', firstName: 'Test', lastName: 'Ottica' };

/** The demo's shop in a real n8n of its own, out of the packed package; the test publishes what it wants. */
export interface DemoShop {
	shop: MovedIn;
	/** Where mails go; one of the stand-ins. */
	mailbox: Mailbox;
	standins: Standins;
	/** The n8n that runs now. */
	server(): N8nServer;
	client(): N8nClient;
	/** Where the pages of its workflows are, without a slash at the end. */
	pages(): string;
	/** Publishes all bundled workflows. */
	publish(): Promise<void>;
	/** Starts n8n again on the same folder and port, after it was killed or stopped. */
	restart(): Promise<void>;
	/** Closes the shop's store too, where the test has opened it. */
	close(): Promise<void>;
}

/** Minutes, not seconds, when n8n is not in the cache yet. */
export const OPENING_MS = 20 * 60_000;

/**
 * @param today the day that the shop takes as today
 * @param undoSeconds for which a yes on the Desk can be taken back
 */
export async function openDemoShop(today: string, undoSeconds = 1): Promise<DemoShop> {
	const folder = await mkdtemp(path.join(tmpdir(), 'optical-crm-e2e-'));
	const userFolder = path.join(folder, 'n8n');
	const context = { report: () => undefined };
	const installation = await ensureN8n({ report: (line: string) => process.stderr.write(`${line}\n`) });
	await installPackage({ installation, packageFolder: projectRoot, userFolder }, context);
	const standins = await startStandins({ folder });
	const port = await freePort();
	const start = async () => await startN8n({ installation, userFolder, owner: OWNER, port });
	let server = await start();
	let client = await N8nClient.connect(server.baseUrl, OWNER);
	const options = { today, reset: false, check: false, help: false };
	const close = async () => {
		await server.stop();
		await standins.stop();
		await rm(folder, { recursive: true, force: true });
	};
	const shop = await moveIn({ ...context, options, client, server, standins, owners: new Map(), folder, undoSeconds }).catch(async (error) => {
		// What was started would keep the tests from ending.
		await close();
		throw error;
	});
	return {
		shop,
		mailbox: standins.mailbox,
		standins,
		server: () => server,
		client: () => client,
		pages: () => pagesOf(shop.context),
		publish: async () => {
			for (const file of PUBLISHED) await client.activate(shop.workflows[file]);
		},
		restart: async () => {
			server = await start();
			client = await N8nClient.connect(server.baseUrl, OWNER);
		},
		close: async () => {
			await closeDatabase(shop.settings);
			await close();
		},
	};
}
