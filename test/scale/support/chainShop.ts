import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { moveIn, PUBLISHED } from '../../../demo/setup/shop';
import { pagesOf } from '../../../demo/setup/shopContext';
import { startStandins } from '../../../demo/standins/standins';
import { closeDatabase } from '../../../lib/store/open';
import type { DemoShop } from '../../e2e/support/demoShop';
import { startChain, type Chain, type ChainSize } from './chain';

/** The demo's shop in n8n's queue mode, with the store on PostgreSQL; `server()` is main. */
export interface ChainShop extends DemoShop {
	chain: Chain;
}

/**
 * @param today the day that the shop takes as today
 * @param undoSeconds for which a yes on the Desk can be taken back
 */
export async function openChainShop(today: string, size: ChainSize, undoSeconds = 1): Promise<ChainShop> {
	const chain = await startChain(size);
	const folder = path.join(chain.folder, 'shop');
	await mkdir(folder);
	const standins = await startStandins({ folder });
	const close = async () => {
		await chain.stop();
		await standins.stop();
	};
	try {
		let client = await chain.connect();
		const options = { today, reset: false, check: false, help: false };
		const shop = await moveIn({ report: () => undefined, options, client, server: chain.main(), pagesUrl: chain.front.url, place: chain.place, standins, owners: new Map(), folder, undoSeconds });
		return {
			chain, shop, standins,
			mailbox: standins.mailbox,
			server: () => chain.main(),
			client: () => client,
			pages: () => pagesOf(shop.context),
			publish: async () => {
				for (const file of PUBLISHED) await client.activate(shop.workflows[file]);
			},
			restart: async () => {
				await chain.part('main').start();
				client = await chain.connect();
			},
			close: async () => {
				await closeDatabase(shop.settings);
				await close();
			},
		};
	} catch (error) {
		// What was started would keep the tests from ending.
		await close();
		throw error;
	}
}
