import type { ReceivedMail } from '../standins/mailFolder';
import { empty, page, time } from './frame';
import { html, type Html } from './html';

/** The ways to look at a mail, with their names on the page. */
export const views = { html: 'HTML', text: 'Text', headers: 'Headers', raw: 'Source' } as const;
export type View = keyof typeof views;

const LIST_LIMIT = 200;

/** The list of what was sent, newest first. It reloads itself. */
export function mailsPage(mails: readonly ReceivedMail[]): string {
	const hidden = mails.length > LIST_LIMIT ? html`<p class="note">The newest ${LIST_LIMIT} are shown.</p>` : html``;
	return page('Mailbox', '/mails', html`<header><h1>Mailbox</h1><p>${mails.length} in all. Nothing left this computer.</p></header>${mailList(mails)}${hidden}`, { renews: true });
}

export function mailList(mails: readonly ReceivedMail[], limit = LIST_LIMIT): Html {
	if (mails.length === 0) return empty('Nothing yet. Approve a message at the Desk and let the workflow send it: it arrives here instead of at the customer.');
	const rows = mails.slice(-limit).reverse().map(
		(mail) => html`<li><a href="/mails/${mail.id}"><span class="subject">${mail.subject || '(no subject)'}</span>${time(mail.receivedAt)}<span class="about">${mail.to}</span></a></li>`,
	);
	return html`<ul class="list">${rows}</ul>`;
}

/** One mail in one of its views. @param told what became of an answer */
export function mailPage(mail: ReceivedMail, view: View, told = ''): string {
	const tabs = Object.entries(views).map(([name, label]) => {
		const here = name === view ? html` aria-current="page"` : html``;
		return html`<a href="/mails/${mail.id}?view=${name}"${here}>${label}</a>`;
	});
	return page(
		mail.subject || '(no subject)',
		'/mails',
		html`<header><h1>${mail.subject || '(no subject)'}</h1>
			<dl><dt>To</dt><dd>${mail.to}</dd><dt>From</dt><dd>${mail.from}</dd><dt>At</dt><dd>${time(mail.receivedAt)}</dd></dl></header>
			${told ? html`<p class="told" role="status">${told}</p>` : html``}
			<nav class="views" aria-label="Ways to look at the mail">${tabs}</nav>${viewOf(mail, view)}${answers(mail)}`,
	);
}

/** The mail's own HTML, to be shown in a frame. Its links open outside of the frame. */
export function mailBody(mail: ReceivedMail): string {
	return `<!doctype html><base target="_blank">${mail.html}`;
}

function answers({ id }: ReceivedMail): Html {
	return html`<form method="post" action="/mails/${id}"><label for="text">Answer as the customer</label>
		<textarea id="text" name="text" rows="3" maxlength="2000" placeholder="Grazie! A che ora aprite domani?"></textarea>
		<p class="note">Workflow 83 reads the shop's mailbox every five minutes.</p>
		<div class="buttons"><button name="what" value="answer">Send to the shop</button><button class="quiet" name="what" value="bounce">Let it come back: there is no such address</button></div></form>`;
}

function viewOf(mail: ReceivedMail, view: View): Html {
	if (view === 'headers') {
		const rows = mail.headers.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
		return html`<div class="sheet"><table>${rows}</table></div>`;
	}
	if (view === 'raw') return html`<pre class="sheet">${mail.raw}</pre>`;
	if (view === 'text') return mail.text ? html`<pre class="sheet prose">${mail.text}</pre>` : empty('This mail has no plain text part.');
	if (!mail.html) return empty('This mail has no HTML part.');
	return html`<iframe class="sheet" title="The mail as HTML" src="/mails/${mail.id}/body" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}
