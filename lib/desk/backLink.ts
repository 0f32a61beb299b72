import { html, SafeHtml } from '../web/html';
import { deskAddress, type DeskView } from './view';

const ARROW = SafeHtml.trusted('<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M14 8H2.5M7 3 2 8l5 5"/></svg>');

/** The way back to a list, above the title of a page. */
export function backLink(view: DeskView, words: string): SafeHtml {
	return html`<p class="back"><a href="${deskAddress(view)}">${ARROW}${words}</a></p>`;
}
