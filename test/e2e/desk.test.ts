import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { DESK_PATH } from '../../demo/setup/shopContext';
import { openStore, type Store } from '../../lib/store/open';
import { approveFlows } from './desk/approve';
import { customerFlows } from './desk/customer';
import { dayFlows } from './desk/day';
import { resultsFlows } from './desk/results';
import { rolloutFlows } from './desk/rollout';
import { securityFlows } from './desk/security';
import { whoFlows } from './desk/who';
import { ARTEFACTS, DESKTOP, logIn, type DeskVisit } from './desk/visit';
import { startBrowser } from './support/browser';
import { openDemoShop, OPENING_MS, type DemoShop } from './support/demoShop';

jest.setTimeout(60_000);

let demo: DemoShop;
let store: Store;
let browser: Browser;

beforeAll(async () => {
	mkdirSync(ARTEFACTS, { recursive: true });
	demo = await openDemoShop('2026-11-22', 20);
	store = await openStore(demo.shop.settings);
	await demo.publish();
	browser = await startBrowser();
}, OPENING_MS);

afterAll(async () => {
	await browser?.close();
	await demo?.close();
}, 60_000);

const visit: DeskVisit = {
	get demo() {
		return demo;
	},
	get store() {
		return store;
	},
	get address() {
		return `${demo.server().baseUrl}/webhook/${DESK_PATH}`;
	},
	async open(view = '', viewport = DESKTOP, account) {
		const context = await browser.newContext({ viewport, locale: 'it-IT' });
		const page = await context.newPage();
		await page.goto(visit.address + view);
		await logIn(page, account);
		return page;
	},
};

approveFlows(visit);
dayFlows(visit);
customerFlows(visit);
rolloutFlows(visit);
resultsFlows(visit);
describe('with messages that wait again', () => {
	// The flows before have decided on all of them.
	beforeAll(async () => {
		await store.db.updateTable('messages').set({ state: 'pending', approved_hash: null, not_before: null, later_on: null }).where('expires_on', '>=', '2026-11-22').execute();
	});

	whoFlows(visit);
	// The last: it stops what writes by itself.
	securityFlows(visit);
});
