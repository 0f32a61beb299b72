import { html, Html } from './html';
import type { ReceivedMail } from './mailFolder';
import { stylesheet } from './mailboxStyle';

/** The ways to look at a mail, with their names on the page. */
export const views = { html: 'HTML', text: 'Text', headers: 'Headers', raw: 'Source' } as const;
export type View = keyof typeof views;

const LIST_LIMIT = 200;

/** The list of what was sent, newest first. It reloads itself. */
export function listPage(mails: readonly ReceivedMail[]): string {
	const newest = mails.slice(-LIST_LIMIT).reverse();
	const rows = newest.map(
		(mail) => html`<li><a href="/mails/${mail.id}">
			<span class="subject">${mail.subject || '(no subject)'}</span>
			<time datetime="${mail.receivedAt}">${localTime(mail.receivedAt)}</time>
			<span class="to">${mail.to}</span></a></li>`,
	);
	const body = rows.length
		? html`<ul class="mails">${rows}</ul>`
		: html`<p class="empty">Nothing yet. Approve a message at the Desk and let the workflow send it: it arrives here instead of at the customer.</p>`;
	const hidden = mails.length > LIST_LIMIT ? html`<p class="note">The newest ${LIST_LIMIT} are shown.</p>` : html``;
	return page('Sent mail', html`<header><h1>Sent mail</h1><p>${mails.length} in all. Nothing left this computer.</p></header>${body}${hidden}`, html`<meta http-equiv="refresh" content="10">`);
}

/** One mail in one of its views. */
export function mailPage(mail: ReceivedMail, view: View): string {
	const tabs = Object.entries(views).map(([name, label]) => {
		const here = name === view ? html` aria-current="page"` : html``;
		return html`<a href="/mails/${mail.id}?view=${name}"${here}>${label}</a>`;
	});
	return page(
		mail.subject || '(no subject)',
		html`<header><a class="back" href="/">&lsaquo; All mail</a><h1>${mail.subject || '(no subject)'}</h1>
			<dl><dt>To</dt><dd>${mail.to}</dd><dt>From</dt><dd>${mail.from}</dd><dt>At</dt><dd><time datetime="${mail.receivedAt}">${localTime(mail.receivedAt)}</time></dd></dl></header>
			<nav aria-label="Ways to look at the mail">${tabs}</nav>${viewOf(mail, view)}`,
	);
}

/** The mail's own HTML, to be shown in a frame. Its links open outside of the frame. */
export function mailBody(mail: ReceivedMail): string {
	return `<!doctype html><base target="_blank">${mail.html}`;
}

/** Shown for an address that does not exist. */
export function notFoundPage(): string {
	return page('Not found', html`<header><a class="back" href="/">&lsaquo; All mail</a><h1>There is no such mail</h1></header>`);
}

function viewOf(mail: ReceivedMail, view: View): Html {
	if (view === 'headers') {
		const rows = mail.headers.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
		return html`<div class="sheet"><table>${rows}</table></div>`;
	}
	if (view === 'raw') return html`<pre class="sheet">${mail.raw}</pre>`;
	if (view === 'text') return mail.text ? html`<pre class="sheet prose">${mail.text}</pre>` : nothing('plain text');
	if (!mail.html) return nothing('HTML');
	return html`<iframe class="sheet" title="The mail as HTML" src="/mails/${mail.id}/body" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}

function nothing(part: string): Html {
	return html`<p class="empty">This mail has no ${part} part.</p>`;
}

function page(title: string, content: Html, head: Html = html``): string {
	return `<!doctype html>${
		html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
			<title>${title}</title>${head}<style>${new Html(stylesheet)}</style></head><body><main>${content}</main></body></html>`.source
	}`;
}

function localTime(instant: string): string {
	return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Europe/Rome' }).format(new Date(instant));
}
