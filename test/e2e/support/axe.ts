import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 A and AA, and what axe counts as good practice. */
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on a page that lets scripts run, one line for each rule; empty where nothing is. A contrast that axe cannot tell counts as a problem. @param only these rules */
export async function axeProblemsHere(page: Page, only?: string[]): Promise<string[]> {
	await page.evaluate(AXE);
	return await page.evaluate(problems, only ?? STANDARDS);
}

/** Runs in the page. */
async function problems(rules: string[]): Promise<string[]> {
	const { axe } = window as unknown as { axe: typeof import('axe-core') };
	const { violations, incomplete } = await axe.run({ runOnly: rules, iframes: false });
	const unsure = incomplete.filter(({ id }) => id === 'color-contrast');
	return [...violations, ...unsure].map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 120)} ${any.map(({ message }) => message).join(' ')}`).join(' | ')}`);
}
