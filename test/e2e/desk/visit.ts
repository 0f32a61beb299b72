import path from 'node:path';
import type { Page } from 'playwright-core';
import { STAFF } from '../../../demo/setup/shopContext';
import type { Store } from '../../../lib/store/open';
import type { DemoShop } from '../support/demoShop';

export { axeProblems } from './axe';

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };
export const ARTEFACTS = path.join('test', 'artefacts');

/** The Desk in a real n8n and a real browser, shared by the parts of desk.test.ts. */
export interface DeskVisit {
	demo: DemoShop;
	/** The demo shop's store, opened beside n8n. */
	store: Store;
	/** Address of the Desk. */
	address: string;
	/** A page of its own, logged in as the demo's lead, or as whom one names, on a view such as `?view=approve`. */
	open(view?: string, viewport?: { width: number; height: number }, account?: { name: string; password: string }): Promise<Page>;
}

/** Logs in on the page that is shown. */
export async function logIn(page: Page, { name, password }: { name: string; password: string } = STAFF): Promise<void> {
	await page.getByLabel('Nome utente').fill(name);
	await page.getByLabel('Password').fill(password);
	await page.getByRole('button', { name: 'Entra' }).click();
	await page.getByRole('button', { name: 'Esci' }).waitFor();
}

/** Keeps pictures of a page at phone and desktop width, for people to look at. */
export async function keepPictures(page: Page, name: string): Promise<void> {
	for (const [kind, size] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
		await page.setViewportSize(size);
		await page.screenshot({ path: path.join(ARTEFACTS, `desk-${name}-${kind}.png`), fullPage: true });
	}
}

/** Whether the page can be read without scrolling to the side, from 320 px on. */
export async function fitsAnyWidth(page: Page): Promise<boolean> {
	for (const width of [320, 390, 768, 1920]) {
		await page.setViewportSize({ width, height: 800 });
		if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) return false;
	}
	return true;
}
