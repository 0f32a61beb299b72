import { dayInWords } from '../web/dates';
import { html, type SafeHtml } from '../web/html';
import type { Page } from '../web/page';
import { fill, fillCounted, numberInWords } from '../web/texts';
import { seenField } from './action';
import { MANY_FORM, messageCard } from './card';
import { deskPage, postForm } from './frame';
import { reviewSection } from './reviewCases';
import { PAGE_SIZE, type TodayState } from './state';
import { uncertainSection } from './uncertain';
import { deskAddress, type DeskView } from './view';
import { deskTexts, kindInWords } from './words';

/** Today: what is uncertain, what a person must judge, then what waits for approval, the day in numbers beside it. */
export function renderToday(state: TodayState): Page {
	const { language, counts } = state;
	const texts = deskTexts(language).today;
	const main = html`<div class="intro"><h1>${dayInWords(state.today, language, true)}</h1>
<p class="soft">${counts.pending > 0 ? fillCounted(texts.summary, counts.pending, language) : texts.summaryNone}</p></div>
<div class="columns">
<aside aria-label="${texts.counts}">${countList(state)}</aside>
<div class="work">
${state.uncertain.length > 0 && uncertainSection(state, todayView(state))}
${state.review.length > 0 && reviewSection(state, todayView(state))}
<section aria-labelledby="pending">
<div class="section-head"><h2 id="pending">${texts.pending}</h2>${state.messages.length > 0 && shownRange(state)}</div>
${kindFilter(state)}
${state.messages.length > 0 ? cards(state) : empty(state)}
</section>
</div>
</div>`;
	return deskPage(state, texts.title, main);
}

function todayView({ place }: TodayState, page = place.page): DeskView {
	return { view: 'today', place: { page, kind: place.kind } };
}

function countList({ language, counts }: TodayState): SafeHtml {
	const texts = deskTexts(language).today;
	const count = (name: string, value: number, tone = '') => html`<div class="${tone}"><dt>${name}</dt><dd>${numberInWords(value, language)}</dd></div>`;
	return html`<dl class="counts">${count(texts.countPending, counts.pending, 'first')}${count(texts.countApproved, counts.approved)}${count(texts.countSent, counts.sentToday)}${count(texts.countFailed, counts.failed, counts.failed > 0 ? 'bad' : '')}</dl>`;
}

function shownRange({ language, place, total, messages }: TodayState): SafeHtml {
	const first = (place.page - 1) * PAGE_SIZE + 1;
	const [from, to, all] = [first, first + messages.length - 1, total].map((value) => numberInWords(value, language));
	return html`<p class="soft">${fill(deskTexts(language).today.shown, { first: from, last: to, total: all })}</p>`;
}

function kindFilter({ language, kinds, place }: TodayState): SafeHtml | false {
	if (kinds.length < 2 && !place.kind) return false;
	const texts = deskTexts(language).today;
	const link = (name: string, kind: string | undefined) =>
		html`<a class="button" href="${deskAddress({ view: 'today', place: { page: 1, kind } })}"${kind === place.kind && html` aria-current="page"`}>${name}</a>`;
	return html`<nav class="filter" aria-label="${texts.filter}">${link(texts.filterAll, undefined)}${kinds.map(({ kind, pending }) => link(`${kindInWords(kind, language)} (${numberInWords(pending, language)})`, kind))}</nav>`;
}

function cards(state: TodayState): SafeHtml {
	const { messages, place } = state;
	// Enter on a checkbox presses the form's first button. This one does nothing (there is no dialog), so that Enter approves nothing.
	return html`<button class="hidden" form="${MANY_FORM}" formmethod="dialog" tabindex="-1" aria-hidden="true"></button>
<div class="cards">${messages.map((message, i) => messageCard(state, message, { page: place.page, kind: place.kind }, (messages[i + 1] ?? messages[i - 1])?.id))}</div>
${approveMany(state)}
${pager(state)}`;
}

function approveMany(state: TodayState): SafeHtml {
	const { language, messages } = state;
	const texts = deskTexts(language).today;
	const fields = html`${messages.map((message) => html`<input type="hidden" name="shown" value="${seenField(message)}">`)}
<h3 class="hidden">${texts.many}</h3>
<button class="main" name="action" value="approvePicked">${texts.approvePicked}<span class="picked" aria-hidden="true"></span></button>
<details><summary class="button plain">${fillCounted(texts.approveShown, messages.length, language)}</summary>
<div class="ask"><p>${texts.approveShownAsk}</p><button class="main" name="action" value="approveShown">${fillCounted(texts.approveShownYes, messages.length, language)}</button></div></details>`;
	return postForm(state, todayView(state), fields, 'many', MANY_FORM);
}

function pager(state: TodayState): SafeHtml | false {
	const { language, place, total } = state;
	const pages = Math.ceil(total / PAGE_SIZE);
	if (pages < 2) return false;
	const texts = deskTexts(language).today;
	const link = (name: string, page: number, rel: string) =>
		page >= 1 && page <= pages ? html`<a class="button" rel="${rel}" href="${deskAddress(todayView(state, page))}">${name}</a>` : html`<span></span>`;
	return html`<nav class="pager" aria-label="${texts.pages}">${link(texts.previous, place.page - 1, 'prev')}<span class="soft">${fill(texts.pageOf, { page: numberInWords(place.page, language), pages: numberInWords(pages, language) })}</span>${link(texts.next, place.page + 1, 'next')}</nav>`;
}

function empty(state: TodayState): SafeHtml {
	const texts = deskTexts(state.language).today;
	if (state.total > 0) {
		return html`<div class="card empty"><p>${texts.emptyPage}</p><a class="button" href="${deskAddress(todayView(state, 1))}">${texts.firstPage}</a></div>`;
	}
	if (state.place.kind) return html`<div class="card empty"><p>${texts.emptyFilter}</p></div>`;
	return html`<div class="card empty"><svg width="72" height="48" viewBox="0 0 72 48" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" aria-hidden="true"><circle cx="19" cy="22" r="15"/><circle cx="53" cy="22" r="15"/><path d="M34 20q2-2.4 4 0M12 22q1.5-5 6-6M46 22q1.5-5 6-6M26 44q10 5 20 0"/></svg>
<p><strong>${texts.emptyTitle}</strong></p><p class="soft">${texts.emptyText}</p></div>`;
}
