import type { Browser, Page } from 'playwright-core';
import type { N8nOwner } from '../../../demo/setup/n8nEnvironment';

/** n8n's editor with a workflow open, in a window of its own. */
export async function openEditor(browser: Browser, baseUrl: string, owner: N8nOwner, workflowId: string, viewport = { width: 1280, height: 900 }): Promise<Page> {
	const page = await (await browser.newContext({ viewport })).newPage();
	await page.goto(baseUrl);
	await page.locator('input[type="email"], input[name="emailOrLdapLoginId"]').first().fill(owner.email);
	await page.locator('input[type="password"]').fill(owner.password);
	await page.locator('button[type="submit"], [data-test-id="form-submit-button"]').first().click();
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	await page.goto(`${baseUrl}/workflow/${workflowId}`);
	return page;
}
