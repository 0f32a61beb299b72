import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Levels A and AA: all that a mail is held to, which has no landmarks. */
export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** For a page also what axe counts as good practice. */
const STANDARDS = [...WCAG, 'best-practice'];

interface Held {
	/** Standards, or single rules. */
	to?: string[];
	/** What lies under something else until one scrolls, and fields without a value, cannot be told; elsewhere a contrast that axe cannot tell counts as a problem. */
	covered?: boolean;
}

/** What axe finds wrong on a page that lets scripts run, one line for each rule; empty where nothing is. */
export async function axeProblemsHere(page: Page, { to = STANDARDS, covered = false }: Held = {}): Promise<string[]> {
	await page.evaluate(AXE);
	return await page.evaluate(problems, { to, covered });
}

/** Runs in the page. */
async function problems({ to, covered }: Required<Held>): Promise<string[]> {
	const { axe } = window as unknown as { axe: typeof import('axe-core') };
	const { violations, incomplete } = await axe.run({ runOnly: to, iframes: false });
	const unsure = incomplete
		.filter(({ id }) => id === 'color-contrast')
		.map(({ id, nodes }) => ({ id, nodes: nodes.filter(({ any }) => !covered || !any.every(({ message }) => /overlap|no value/.test(message))) }))
		.filter(({ nodes }) => nodes.length > 0);
	return [...violations, ...unsure].map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 120)} ${any.map(({ message }) => message).join(' ')}`).join(' | ')}`);
}
