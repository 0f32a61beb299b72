import { dayInWords, momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill, fillCounted } from '../../web/texts';
import { backLink } from '../backLink';
import { deskPage, postForm } from '../frame';
import { deskAddress, type DeskView } from '../view';
import { deskTexts } from '../words';
import { forName, letterFacts, rejectLetterForm } from './letterPart';
import type { BatchState, DeskLetter } from './state';
import { letterTexts } from './words';

/** States in which a printed letter may be in the postbox. */
const MAY_LEAVE: readonly string[] = ['approved', 'sent', 'delivered', 'read', 'failed'];

/** One batch: print, post, and what is in it. */
export function renderBatch(state: BatchState): Page {
	const { language, batch, letters } = state;
	const texts = letterTexts(language);
	const title = fill(texts.batch.title, { id: batch.id });
	const size = [dayInWords(batch.day, language), fillCounted(texts.batchCount, letters.length, language), fillCounted(texts.batchPages, batch.pages, language)].join(' · ');
	const main = html`${backLink({ view: 'letters', place: { page: 1 } }, texts.batch.back)}
<div class="intro"><h1>${title}</h1><p class="soft">${size}</p>${steps(state).map((step) => html`<p class="soft">${step}</p>`)}</div>
<div class="columns letter">
<section class="work" aria-labelledby="list"><h2 id="list">${texts.batch.list}</h2>${letters.length > 0 ? html`<ol class="rows">${letters.map((letter) => letterRow(state, letter))}</ol>` : html`<p class="card">${texts.batch.empty}</p>`}</section>
${letters.some(mayLeave) && html`<aside class="work">${printing(state)}${batch.postedAt === undefined && posting(state)}</aside>`}
</div>`;
	return deskPage(state, title, main);
}

function mayLeave({ state }: DeskLetter): boolean {
	return MAY_LEAVE.includes(state);
}

function viewOf({ batch }: BatchState): DeskView {
	return { view: 'batch', id: batch.id, place: { page: 1 } };
}

function steps({ language, timeZone, batch }: BatchState): string[] {
	const texts = letterTexts(language).steps;
	const step = (text: string, at: string | undefined, who = '') => (at === undefined ? [] : [fill(text, { who, moment: momentInWords(at, timeZone, language) })]);
	return [...step(texts.made, batch.madeAt, batch.madeBy), ...step(texts.printed, batch.printedAt, batch.printedBy), ...step(texts.posted, batch.postedAt, batch.postedBy)];
}

function batchForm(state: BatchState, action: string, words: string, isNext: boolean): SafeHtml {
	return postForm(state, viewOf(state), html`<input type="hidden" name="batch" value="${state.batch.id}"><button${isNext && html` class="main"`} name="action" value="${action}">${words}</button>`, 'full');
}

function printing(state: BatchState): SafeHtml {
	const { language, batch } = state;
	const texts = letterTexts(language).batch;
	const file = (view: 'batchPdf' | 'batchCsv', words: string, isNext: boolean) => html`<a class="button${isNext && ' main'}" href="${deskAddress({ view, id: batch.id, place: { page: 1 } })}">${words}</a>`;
	const isPrinted = batch.printedAt !== undefined;
	return html`<section class="card stack" aria-labelledby="print"><h2 id="print">${texts.files}</h2><p class="soft">${texts.printHint}</p>
${file('batchPdf', texts.pdf, !isPrinted)}${file('batchCsv', texts.csv, false)}
${batch.postedAt === undefined && batchForm(state, 'batchPrinted', isPrinted ? texts.printedAgain : texts.printed, false)}</section>`;
}

function posting(state: BatchState): SafeHtml {
	const texts = letterTexts(state.language).batch;
	const isPrinted = state.batch.printedAt !== undefined;
	return html`<section class="card stack" aria-labelledby="post"><h2 id="post">${texts.post}</h2><p class="soft">${isPrinted ? texts.postHint : texts.postFirst}</p>${isPrinted && batchForm(state, 'batchPosted', texts.posted, true)}</section>`;
}

function letterRow(state: BatchState, letter: DeskLetter): SafeHtml {
	const { language, batch } = state;
	const texts = letterTexts(language);
	const isOpen = letter.state === 'approved' && batch.postedAt === undefined;
	const place = [fill(texts.batch.number, { position: letter.position ?? 0 }), fillCounted(texts.batchPages, letter.pages ?? 1, language)].join(' · ');
	const stands = html`<p><span class="state ${letter.state}">${mayLeave(letter) ? deskTexts(language).states[letter.state] : texts.batch.stopped}</span></p>`;
	const takeOut = postForm(state, viewOf(state), html`<input type="hidden" name="letter" value="${letter.id}"><button name="action" value="takeOutLetter">${texts.batch.takeOut}${forName(state, letter.customerName)}</button><p class="soft">${texts.batch.takeOutHint}</p>`, 'stack inset');
	return html`<li class="card row" id="m${letter.id}"><div><p class="soft">${place}</p>${letterFacts(state, letter)}${letter.state !== 'approved' && stands}</div>${isOpen && html`<details class="rejecting"><summary class="button plain">${texts.batch.more}${forName(state, letter.customerName)}</summary>${takeOut}${rejectLetterForm(state, letter, viewOf(state), true)}</details>`}</li>`;
}
