import { localDate } from '../../domain/time';
import { dayInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill, fillCounted } from '../../web/texts';
import { deskPage, postForm } from '../frame';
import { pager } from '../pager';
import { deskAddress, type DeskView } from '../view';
import { forName, letterFacts, rejectLetterForm } from './letterPart';
import type { DeskBatch, DeskLetter, LettersState } from './state';
import { letterTexts, type LetterTexts } from './words';

/** The letters that wait, and what was printed before. */
export function renderLetters(state: LettersState): Page {
	const { language, total, batches } = state;
	const texts = letterTexts(language);
	const main = html`<div class="intro"><h1>${texts.title}</h1>${total > 0 && html`<p class="soft">${fillCounted(texts.waiting, total, language)}</p>`}</div>
<div class="columns">
${batches.length > 0 && html`<aside aria-labelledby="batches" class="stack"><h2 id="batches">${texts.batches}</h2><ul class="rows">${batches.map((batch) => batchRow(state, batch))}</ul></aside>`}
<section class="work" aria-labelledby="waiting"><h2 id="waiting">${texts.waitingTitle}</h2>
${total > 0 && makeForm(state)}
${state.letters.length > 0 ? html`<ul class="rows">${state.letters.map((letter) => letterRow(state, letter))}</ul>` : empty(state)}
${pager(state, 'letters', state.place, total)}</section>
</div>`;
	return deskPage(state, texts.title, main);
}

function viewOf({ place }: LettersState): DeskView {
	return { view: 'letters', place };
}

function makeForm(state: LettersState): SafeHtml {
	const { language, total, most } = state;
	const texts = letterTexts(language);
	return html`<div class="card">${postForm(state, { view: 'letters', place: { page: 1 } }, html`<p class="soft">${texts.makeHint}</p>
<div class="choice"><input type="checkbox" id="doubtful" name="doubtful" value="yes"><label for="doubtful">${texts.doubtful}</label></div>
<button class="main" name="action" value="makeBatch">${fillCounted(texts.make, Math.min(total, most), language)}</button>`, 'stack')}</div>`;
}

function letterRow(state: LettersState, letter: DeskLetter): SafeHtml {
	const texts = letterTexts(state.language);
	return html`<li class="card row" id="m${letter.id}"><div>${letterFacts(state, letter)}</div><details class="rejecting"><summary class="button plain">${texts.reject}${forName(state, letter.customerName)}</summary>${rejectLetterForm(state, letter, viewOf(state), false)}</details></li>`;
}

function batchRow({ language, timeZone }: LettersState, batch: DeskBatch): SafeHtml {
	const texts = letterTexts(language);
	const name = fill(texts.batchName, { id: batch.id, day: dayInWords(localDate(batch.madeAt, timeZone), language) });
	const size = [fillCounted(texts.batchCount, batch.letters, language), fillCounted(texts.batchPages, batch.pages, language)].join(' · ');
	const status = batchStatus(batch);
	return html`<li class="card"><a href="${deskAddress({ view: 'batch', id: batch.id, place: { page: 1 } })}"><strong>${name}</strong></a><p class="soft">${size}</p><p><span class="${status === 'toPrint' || status === 'toPost' ? 'last' : 'state'}">${texts.status[status]}</span></p></li>`;
}

/** What is to be done with a batch. */
function batchStatus({ printedAt, postedAt, letters }: DeskBatch): keyof LetterTexts['status'] {
	if (postedAt !== undefined) return 'posted';
	if (letters === 0) return 'empty';
	return printedAt === undefined ? 'toPrint' : 'toPost';
}

function empty({ language, total }: LettersState): SafeHtml {
	const texts = letterTexts(language);
	if (total > 0) return html`<div class="card empty"><p>${texts.emptyPage}</p><a class="button" href="${deskAddress({ view: 'letters', place: { page: 1 } })}">${texts.firstPage}</a></div>`;
	return html`<div class="card empty"><p><strong>${texts.emptyTitle}</strong></p><p class="soft">${texts.emptyText}</p></div>`;
}
