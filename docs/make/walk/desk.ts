import type { Browser, Page } from 'playwright-core';

const PHONE = { width: 390, height: 844 };

/** Logs in to the Desk on a phone. */
export async function openDesk(browser: Browser, address: string, user: string, password: string): Promise<Page> {
	const page = await (await browser.newContext({ viewport: PHONE, locale: 'it-IT' })).newPage();
	page.setDefaultTimeout(60_000);
	await page.goto(address);
	await page.getByLabel('Nome utente').fill(user);
	await page.getByLabel('Password').fill(password);
	await page.getByRole('button', { name: 'Entra' }).click();
	await page.getByRole('button', { name: 'Esci' }).waitFor();
	return page;
}
