import { html, type SafeHtml } from '../web/html';
import { fill, numberInWords } from '../web/texts';
import { PAGE_SIZE, type DeskFrame } from './state';
import { deskAddress, type DeskView, type ListPage, type Place, type ThingPage } from './view';
import { deskTexts } from './words';

/**
 * Leads through the pages of a list, where there is more than one.
 * @param list the page, or the one about a thing on which the list stands
 * @param anchor where on it the list begins, with its `#`
 */
export function pager({ language }: DeskFrame, list: ListPage | { view: ThingPage; id: number }, place: Place, total: number, anchor = ''): SafeHtml | false {
	const pages = Math.ceil(total / PAGE_SIZE);
	if (pages < 2) return false;
	const texts = deskTexts(language).today;
	const address = (page: number) => deskAddress({ ...(typeof list === 'string' ? { view: list } : list), place: { ...place, page, at: undefined } } as DeskView);
	const link = (name: string, page: number, rel: string) =>
		page >= 1 && page <= pages ? html`<a class="button" rel="${rel}" href="${address(page)}${anchor}">${name}</a>` : html`<span></span>`;
	return html`<nav class="pager" aria-label="${texts.pages}">${link(texts.previous, place.page - 1, 'prev')}<span class="soft">${fill(texts.pageOf, { page: numberInWords(place.page, language), pages: numberInWords(pages, language) })}</span>${link(texts.next, place.page + 1, 'next')}</nav>`;
}
