import { createHash } from 'node:crypto';

/** The one style element of a page, and the CSP source that allows exactly it. */
export interface Stylesheet {
	css: string;
	/** For example `'sha256-…'`, quotes included. */
	hash: string;
}

/** Joins constants of this package to the style of a page. Made once for each kind of page, not for each answer. */
export function stylesheet(...parts: string[]): Stylesheet {
	const css = parts.join('\n').replace(/\n\s+/g, '\n').trim();
	return { css, hash: `'sha256-${createHash('sha256').update(css).digest('base64')}'` };
}
