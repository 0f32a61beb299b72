import { html, type SafeHtml } from './html';

/** The shop's name beside a pair of spectacles. */
export function shopMark(name: string): SafeHtml {
	return html`<span class="shop"><svg width="34" height="20" viewBox="0 0 34 20" fill="none" stroke="currentColor" stroke-width="2.2" aria-hidden="true"><circle cx="9" cy="11" r="7"/><circle cx="25" cy="11" r="7"/><path d="M16 10q1-1.2 2 0M2.4 8.5 1 4M31.6 8.5 33 4" stroke-linecap="round"/></svg><span>${name}</span></span>`;
}
