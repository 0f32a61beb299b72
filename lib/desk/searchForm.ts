import { html, type SafeHtml } from '../web/html';
import { deskAddress, SEARCH_LIMIT, type DeskView } from './view';

/** A search on this same page: a GET, which changes nothing, with the rest of the view in hidden fields. */
export function searchForm(view: DeskView, { label, submit, q = '' }: { label: string; submit: string; q?: string }): SafeHtml {
	const [address] = deskAddress(view).split('#');
	const fields = [...new URLSearchParams(address)].filter(([name]) => name !== 'q');
	return html`<form method="get" action="?" role="search" class="search">${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="field"><label for="q">${label}</label><input id="q" name="q" type="search" maxlength="${SEARCH_LIMIT}" autocomplete="off" value="${q}"></div><button>${submit}</button></form>`;
}
