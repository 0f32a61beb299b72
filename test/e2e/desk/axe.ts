import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 A and AA, and what axe counts as good practice. */
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

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
		await twin.evaluate(AXE);
		return await twin.evaluate(problems, STANDARDS);
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

/** Runs in the twin. */
async function problems(standards: string[]): Promise<string[]> {
	const { axe } = window as unknown as { axe: typeof import('axe-core') };
	const { violations, incomplete } = await axe.run({ runOnly: standards, iframes: false });
	const unsure = incomplete.filter(({ id }) => id === 'color-contrast');
	return [...violations, ...unsure].map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 120)} ${any.map(({ message }) => message).join(' ')}`).join(' | ')}`);
}
