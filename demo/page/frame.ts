import { html, Html } from './html';
import { stylesheet } from './style';

/** The parts of the page, by their addresses. */
const PARTS = { '/': 'All', '/phones': 'Phone', '/mails': 'Mailbox', '/letters': 'Letter tray' } as const;
export type Part = keyof typeof PARTS;

/** Seconds after which a list looks again. */
const AGAIN = 5;

/** A page with the way to the others. One that renews itself must hold no form: what was typed would be lost. */
export function page(title: string, here: Part, content: Html, { renews = false } = {}): string {
	const links = Object.entries(PARTS).map(([address, name]) => html`<a href="${address}"${address === here ? html` aria-current="page"` : html``}>${name}</a>`);
	const hold = renews ? html`<a href="?still=yes">${HOLD}</a>` : html``;
	return bare(title, html`<main><nav class="parts" aria-label="Parts">${links}${hold}</nav>${content}</main>`, renews ? AGAIN : 0);
}

const HOLD = 'Hold still';

/** The same page, for who needs more time to read it: it no longer renews itself, and says how it would again. */
export function heldStill(markup: string): string {
	return markup.replace(/<meta http-equiv="refresh"[^>]*>/, '').replace(`<a href="?still=yes">${HOLD}</a>`, '<a href="?">Renew by itself</a>');
}

/** A document with nothing around, for a frame. */
export function bare(title: string, content: Html, renewsAfter = 0): string {
	const renews = renewsAfter > 0 ? html`<meta http-equiv="refresh" content="${renewsAfter}">` : html``;
	return `<!doctype html>${
		html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
			<title>${title}</title>${renews}<style>${new Html(stylesheet)}</style></head><body>${content}</body></html>`.source
	}`;
}

/** Shown for an address that does not exist. */
export function notFoundPage(): string {
	return page('Not found', '/', html`<header><h1>There is nothing here</h1><p>What came by phone, app and post is forgotten when the demo ends.</p></header>`);
}

/** An instant as the shop's clock shows it. */
export function time(instant: string): Html {
	return html`<time datetime="${instant}">${new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Europe/Rome' }).format(new Date(instant))}</time>`;
}

/** A part that is still empty. */
export function empty(text: string): Html {
	return html`<p class="empty">${text}</p>`;
}
