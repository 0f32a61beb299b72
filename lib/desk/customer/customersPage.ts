import { ageOn } from '../../domain/time';
import { dayInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill, fillCounted, numberInWords } from '../../web/texts';
import { deskPage } from '../frame';
import { pager } from '../pager';
import { searchForm } from '../searchForm';
import { deskAddress, type DeskView } from '../view';
import type { CustomersState, ListedCustomer } from './state';
import { customerTexts } from './words';

const FIRST: DeskView = { view: 'customers', place: { page: 1 } };

/** The search for a customer. Nobody is listed before something was asked. */
export function renderCustomers(state: CustomersState): Page {
	const { language, place, total } = state;
	const texts = customerTexts(language).list;
	const main = html`<div class="intro"><h1>${texts.title}</h1><p class="soft">${texts.intro}</p></div>
<div class="work">
<div class="card">${searchForm(FIRST, { label: texts.search, submit: texts.searchSubmit, q: place.q })}</div>
${found(state)}
${pager(state, 'customers', place, total)}
</div>`;
	return deskPage(state, place.q ? `${place.q} · ${texts.title}` : texts.title, main);
}

function found(state: CustomersState): SafeHtml | undefined {
	const { language, outcome, total, isMore, customers, letters, place } = state;
	const texts = customerTexts(language).list;
	if (outcome === 'notAsked') return undefined;
	if (outcome === 'tooShort') return html`<p class="note warn" role="status">${fill(texts.tooShort, { letters })}</p>`;
	if (total === 0) return html`<div class="card empty"><p role="status"><strong>${texts.nobody}</strong></p><p class="soft">${texts.nobodyHint}</p></div>`;
	if (customers.length === 0) return html`<div class="card empty"><p>${texts.emptyPage}</p><a class="button" href="${deskAddress({ view: 'customers', place: { page: 1, q: place.q } })}">${texts.firstPage}</a></div>`;
	const count = isMore ? fill(texts.many, { count: numberInWords(total, language) }) : fillCounted(texts.count, total, language);
	return html`<p class="soft" role="status">${count}</p><ul class="rows">${customers.map((customer) => row(state, customer))}</ul>`;
}

function row(state: CustomersState, { id, name, birthDate, contacts }: ListedCustomer): SafeHtml {
	const { language, today, place } = state;
	const texts = customerTexts(language);
	const page = deskAddress({ view: 'customer', id, place: { page: 1, q: place.q } });
	const born = birthDate && fill(texts.born, { date: dayInWords(birthDate, language), age: fillCounted(texts.age, ageOn(birthDate, today), language) });
	return html`<li class="card row" id="m${id}"><div>
<h2><a href="${page}">${name || texts.nameless}</a></h2>
${born && html`<p>${born}</p>`}
${contacts.length > 0 && html`<p class="soft">${contacts.join(' · ')}</p>`}
</div></li>`;
}
