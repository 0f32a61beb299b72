import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill, fillCounted, numberInWords } from '../../web/texts';
import { deskPage, postForm } from '../frame';
import { pager } from '../pager';
import { seenField } from '../seen';
import { PAGE_SIZE } from '../state';
import { deskAddress, type DeskView } from '../view';
import { deskTexts, kindInWords } from '../words';
import { MANY_FORM, messageCard } from './card';
import { filterForm, isNarrowed } from './filterForm';
import type { ApproveState } from './state';
import { approveTexts } from './words';

/** Approve: the messages that wait for a yes, those that must leave first before the others. */
export function renderApprove(state: ApproveState): Page {
	const texts = deskTexts(state.language).today;
	const main = html`<div class="intro"><h1>${texts.pending}</h1>${state.messages.length > 0 && shownRange(state)}</div>
<div class="work">
${kindFilter(state)}
${filterForm(state)}
${state.messages.length > 0 ? cards(state) : empty(state)}
</div>`;
	return deskPage(state, texts.pending, main);
}

function approveView({ place }: ApproveState, page = place.page): DeskView {
	return { view: 'approve', place: { ...place, page, at: undefined } };
}

function shownRange({ language, place, total, messages }: ApproveState): SafeHtml {
	const first = (place.page - 1) * PAGE_SIZE + 1;
	const [from, to, all] = [first, first + messages.length - 1, total].map((value) => numberInWords(value, language));
	return html`<p class="soft">${fill(deskTexts(language).today.shown, { first: from, last: to, total: all })}</p>`;
}

function kindFilter({ language, kinds, place }: ApproveState): SafeHtml | false {
	if (kinds.length < 2 && !place.kind) return false;
	const texts = deskTexts(language).today;
	const link = (name: string, kind: string | undefined) =>
		html`<a class="button" href="${deskAddress({ view: 'approve', place: { ...place, page: 1, at: undefined, kind } })}"${kind === place.kind && html` aria-current="page"`}>${name}</a>`;
	return html`<nav class="filter" aria-label="${texts.filter}">${link(texts.filterAll, undefined)}${kinds.map(({ kind, pending }) => link(`${kindInWords(kind, language)} (${numberInWords(pending, language)})`, kind))}</nav>`;
}

function cards(state: ApproveState): SafeHtml {
	const { messages, place } = state;
	const texts = deskTexts(state.language).today;
	// Enter on a checkbox presses the form's first button. This one does nothing (there is no dialog), so that Enter approves nothing.
	return html`<button class="hidden" form="${MANY_FORM}" formmethod="dialog" tabindex="-1" aria-hidden="true"></button>
<h2 class="hidden">${texts.cards}</h2>
<div class="cards">${messages.map((message, i) => messageCard(state, message, { ...place, at: undefined }, (messages[i + 1] ?? messages[i - 1])?.id))}</div>
${approveMany(state)}
${pager(state, 'approve', state.place, state.total)}`;
}

function approveMany(state: ApproveState): SafeHtml {
	const { language, messages } = state;
	const texts = deskTexts(language).today;
	const fields = html`${messages.map((message) => html`<input type="hidden" name="shown" value="${seenField(message)}">`)}
<h2 class="hidden">${texts.many}</h2>
<button class="main" name="action" value="approvePicked">${texts.approvePicked}<span class="picked" aria-hidden="true"></span></button>
<details><summary class="button plain">${fillCounted(texts.approveShown, messages.length, language)}</summary>
<div class="ask"><p>${texts.approveShownAsk}</p><button class="main" name="action" value="approveShown">${fillCounted(texts.approveShownYes, messages.length, language)}</button></div></details>`;
	return html`${postForm(state, approveView(state), fields, 'many', MANY_FORM)}${state.total > messages.length && approveAllLink(state)}`;
}

/** To a yes for more than this page: by way of a sample to be read. */
function approveAllLink({ language, place, total }: ApproveState): SafeHtml {
	return html`<p><a class="button plain" href="${deskAddress({ view: 'sample', place: { ...place, page: 1, at: undefined } })}">${fillCounted(approveTexts(language).all.link, total, language)}</a></p>`;
}

function empty(state: ApproveState): SafeHtml {
	const texts = deskTexts(state.language).today;
	if (state.total > 0) {
		return html`<div class="card empty"><p>${texts.emptyPage}</p><a class="button" href="${deskAddress(approveView(state, 1))}">${texts.firstPage}</a></div>`;
	}
	if (state.place.kind || isNarrowed(state.place)) return html`<div class="card empty"><p>${texts.emptyFilter}</p></div>`;
	return html`<div class="card empty"><svg width="72" height="48" viewBox="0 0 72 48" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" aria-hidden="true"><circle cx="19" cy="22" r="15"/><circle cx="53" cy="22" r="15"/><path d="M34 20q2-2.4 4 0M12 22q1.5-5 6-6M46 22q1.5-5 6-6M26 44q10 5 20 0"/></svg>
<p><strong>${texts.emptyTitle}</strong></p><p class="soft">${texts.emptyText}</p></div>`;
}
