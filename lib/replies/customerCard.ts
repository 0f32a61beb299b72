import type { Language } from '../domain/glossary';
import type { Shop } from '../domain/shop';
import { BASE_STYLE } from '../web/baseStyle';
import { html, type HtmlValue, type SafeHtml } from '../web/html';
import { page, type Page } from '../web/page';
import { shopMark } from '../web/shopMark';
import { stylesheet } from '../web/stylesheet';

/** What a page behind a customer's link knows: the shop and the language, nothing of the person, because a forwarded link would show it to others. */
export interface CustomerPageState {
	/** The customer's; the shop's where the customer is not known. */
	language: Language;
	/** The name is empty where the shop is not known. */
	shop: Pick<Shop, 'name' | 'phone' | 'email'>;
}

const SHEET = stylesheet(
	BASE_STYLE,
	`.contact { display: grid; gap: .25rem; }
	.contact a { display: inline-flex; align-items: center; min-height: 2.75rem; font-weight: 600; }
	.buttons { display: grid; gap: .75rem; }
	.scores { border: 0; margin: 0; padding: 0; }
	.scores .row { display: grid; grid-template-columns: repeat(auto-fit, minmax(2.75rem, 1fr)); gap: .4rem; margin-block: .75rem .25rem; }
	.score { position: relative; display: grid; place-items: center; min-height: 2.75rem; border: 1.5px solid var(--edge); border-radius: .6rem; cursor: pointer; }
	.score input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
	.score:has(:checked) { background: var(--accent); color: var(--accent-ink); border-color: var(--accent); }
	.score:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
	.ends { display: flex; justify-content: space-between; margin: 0; }
	blockquote { margin: 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); white-space: pre-line; }`,
);

/** A page of one card, with the shop's name above its title. */
export function customerCard({ language, shop }: CustomerPageState, status: number, title: string, content: HtmlValue): Page {
	const body = html`<main class="narrow"><div class="card">
${shop.name && shopMark(shop.name)}
<h1>${title}</h1>
${content}
</div></main>`;
	return page({ language, title: [title, shop.name].filter(Boolean).join(' · '), style: SHEET, body, status });
}

/** The shop's phone and e-mail as links; what is no plain number or address is left out. */
export function shopContact({ shop }: CustomerPageState, texts: { phone: string; email: string }): SafeHtml {
	const phone = shop.phone && /^[+\d][\d ]{3,30}$/.test(shop.phone) && html`<p>${texts.phone}: <a href="tel:${shop.phone.replace(/ /g, '')}">${shop.phone}</a></p>`;
	const email = shop.email && /^[\w.+-]+@[\w.-]+$/.test(shop.email) && html`<p>${texts.email}: <a href="mailto:${shop.email}">${shop.email}</a></p>`;
	return html`<div class="contact">${phone}${email}</div>`;
}
