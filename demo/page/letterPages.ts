import type { PostOrder } from '../standins/ufficioPostale';
import { empty, page, time } from './frame';
import { html, type Html } from './html';

/** What the letter provider was told to print, newest first. */
export function lettersPage(orders: readonly PostOrder[]): string {
	return page('Letter tray', '/letters', html`<header><h1>Letter tray</h1><p>What the post would have printed and delivered; it puts the address on by itself.</p></header>${letterList(orders)}`, { renews: true });
}

export function letterList(orders: readonly PostOrder[]): Html {
	if (orders.length === 0) return empty('Nothing yet. Approve a letter at the Desk: it is laid here as a PDF.');
	return html`<ul class="list">${orders.toReversed().map(({ id, recipient, confirmed, at }) => html`<li><a href="/letters/${id}.pdf"><span class="subject">${recipientOf(recipient)}</span>${time(at)}
		<span class="about">${[recipient.cap, recipient.comune].filter(Boolean).join(' ')} · ${confirmed ? 'to be printed' : 'not confirmed'} · PDF</span></a></li>`)}</ul>`;
}

function recipientOf({ nome, cognome, ragione_sociale }: Record<string, string>): string {
	return [nome, cognome].filter(Boolean).join(' ') || ragione_sociale || 'Letter';
}
