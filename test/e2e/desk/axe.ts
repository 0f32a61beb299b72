import type { Page } from 'playwright-core';
import { axeProblemsHere } from '../support/axe';

/**
 * What axe finds wrong on the page that is shown, one line for each rule; empty where nothing is. The pages forbid every script, timers too, so axe
 * looks at a twin: the same markup at the same address, size and colours, in a window of its own without the policy. What frames show is
 * not looked at. A contrast that axe cannot tell counts as a problem.
 */
export async function axeProblems(page: Page): Promise<string[]> {
	const { markup, dark } = await page.evaluate(shown);
	const context = await page.context().browser()?.newContext({ viewport: page.viewportSize(), colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
	if (!context) throw new Error('This page has no browser.');
	try {
		await context.route('**', async (route) => await (route.request().isNavigationRequest() && route.request().frame().parentFrame() === null ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: markup }) : route.abort()));
		const twin = await context.newPage();
		await twin.goto(page.url());
		return await axeProblemsHere(twin);
	} finally {
		await context.close();
	}
}

/** The markup as it stands now, with what was chosen and typed. Runs in the page. */
function shown(): { markup: string; dark: boolean } {
	const copy = document.documentElement.cloneNode(true) as Element;
	const fields = (root: ParentNode) => Array.from(root.querySelectorAll('input'));
	const copies = fields(copy);
	fields(document).forEach((field, place) => copies[place].toggleAttribute('checked', field.checked));
	return { markup: `<!doctype html>${copy.outerHTML}`, dark: matchMedia('(prefers-color-scheme: dark)').matches };
}
