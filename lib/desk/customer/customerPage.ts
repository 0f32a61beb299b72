import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill } from '../../web/texts';
import { backLink } from '../backLink';
import { deskPage } from '../frame';
import { deskAddress } from '../view';
import { consentPart } from './consentPart';
import { rightsPart } from './rightsPart';
import type { CustomerPageState } from './state';
import { timelinePart } from './timelinePart';
import { hereOf, whoPart } from './whoPart';
import { customerTexts } from './words';

/** One customer: who it is, what was agreed to, what has been, why, and what they can ask for. */
export function renderCustomer(state: CustomerPageState): Page {
	const { language, customer, place } = state;
	const texts = customerTexts(language);
	const name = customer.name || texts.nameless;
	const main = html`${backLink({ view: 'customers', place: { page: 1, ...(place.q && { q: place.q }) } }, texts.back)}
<div class="intro"><h1>${name}</h1></div>
<div class="columns letter">
<div class="work">${whoPart(state)}${consentPart(state)}${rightsPart(state)}</div>
<div class="work">${timelinePart(state)}${whyPart(state)}</div>
</div>`;
	return deskPage(state, name, main);
}

/** The kind of place in which the older decisions are shown too. */
export const ALL_WHY = 'why';

function whyPart(state: CustomerPageState): SafeHtml {
	const { language, why, olderWhy } = state;
	const texts = customerTexts(language).why;
	const all = deskAddress({ ...hereOf(state), place: { ...state.place, kind: ALL_WHY } } as ReturnType<typeof hereOf>);
	return html`<section class="work" id="why" aria-labelledby="why-title"><h2 id="why-title">${texts.title}</h2>
${why.length > 0 ? html`<p class="soft">${texts.intro}</p><ol class="history">${why.map((sentences) => html`<li>${sentences}</li>`)}</ol>` : html`<p class="soft">${texts.none}</p>`}
${olderWhy === 'hidden' && html`<p><a class="button" href="${all}#why">${texts.more}</a></p>`}${olderWhy === 'capped' && html`<p class="soft">${fill(texts.capped, { count: why.length })}</p>`}</section>`;
}
