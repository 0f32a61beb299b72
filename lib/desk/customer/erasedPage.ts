import { html } from '../../web/html';
import type { Page } from '../../web/page';
import { fill, fillCounted, numberInWords } from '../../web/texts';
import { deskPage } from '../frame';
import { deskAddress } from '../view';
import { ownText } from '../words';
import type { ErasedState } from './state';
import { customerTexts } from './words';

/** What became of an erasure: what went, what stays and why, and the proof. */
export function renderErased(state: ErasedState): Page {
	const { language, customerId, counts, proof } = state;
	const { erased: texts, rights } = customerTexts(language);
	const number = (value: number) => numberInWords(value, language);
	const rows = Object.entries(counts).flatMap(([table, count]) => (count > 0 && ownText<string>(texts.counts, table) ? [[texts.counts[table as keyof typeof texts.counts], number(count)]] : []));
	const main = html`<div class="intro"><h1>${texts.title}</h1><p>${fill(texts.intro, { number: customerId })}</p></div>
<div class="work">
${proof.left.length === 0
	? html`<p class="note good" role="status">${fill(texts.complete, { tables: number(proof.tables), rows: number(proof.rows) })}</p>`
	: html`<div class="note bad" role="alert"><p>${fillCounted(texts.left, proof.left.length, language)}</p><ul>${proof.left.map((place) => html`<li>${fill(texts.place, { ...place })}</li>`)}</ul></div>`}
${proof.ofOthers > 0 && html`<p class="soft">${fillCounted(texts.ofOthers, proof.ofOthers, language)}</p>`}
<section class="card stack" aria-labelledby="counts"><h2 id="counts">${texts.countsTitle}</h2><dl class="counts">${rows.map(([name, count]) => html`<div><dt>${name}</dt><dd>${count}</dd></div>`)}</dl></section>
<section class="card stack" aria-labelledby="kept"><h2 id="kept">${texts.keptTitle}</h2><p>${rights.eraseKept}</p></section>
<p><a class="button main" href="${deskAddress({ view: 'customers', place: { page: 1 } })}">${texts.back}</a></p>
</div>`;
	return deskPage(state, texts.title, main);
}
