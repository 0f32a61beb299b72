import { momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill, fillCounted, numberInWords } from '../../web/texts';
import { deskPage } from '../frame';
import { deskTexts, historyReason, ownText } from '../words';
import type { TextsState, TextState } from './state';
import { wordDiff, type DiffPiece } from './wordDiff';
import { approveTexts } from './words';

/** Remarks that are shown of each text; the rest is only counted. */
const REMARKS_SHOWN = 10;

/** How the texts fare: figures, what the staff say, and what they change most often beside the text itself. */
export function renderTexts(state: TextsState): Page {
	const texts = approveTexts(state.language).texts;
	const main = html`<div class="intro"><h1>${texts.title}</h1><p>${texts.intro}</p></div>
<div class="cards">${state.texts.length > 0 ? state.texts.map((text, place) => textCard(state, text, place)) : html`<div class="card empty"><p>${texts.none}</p></div>`}</div>`;
	return deskPage(state, texts.title, main);
}

function textCard(state: TextsState, text: TextState, place: number): SafeHtml {
	const { language } = state;
	const texts = approveTexts(language).texts;
	const channel = ownText(deskTexts(language).channels as Record<string, string>, text.channel) ?? text.channel;
	const figure = (name: string, value: number) => html`<div><dt>${name}</dt><dd>${numberInWords(value, language)}</dd></div>`;
	return html`<article class="card stack" aria-labelledby="t${place}"><h2 id="t${place}">${text.template} <small class="soft">${channel}, ${fill(texts.version, { version: text.version })}</small></h2>
<dl class="counts">${figure(texts.written, text.written)}${figure(texts.sent, text.sent)}${figure(texts.untouched, text.untouched)}${figure(texts.edited, text.edited)}${figure(texts.rejected, text.rejected)}${figure(texts.complaints, text.complaints)}</dl>
${text.remarks.length > 0 && remarksOf(state, text)}
${text.edits.length > 0 && html`<div class="beside"><section><h3>${texts.edits}</h3><ul class="history">${text.edits.map((edit) => editRow(state, edit))}</ul></section>${text.source !== undefined && html`<section><h3>${texts.source}</h3><div class="whole source">${text.source}</div></section>`}</div>`}
</article>`;
}

function remarksOf(state: TextsState, { remarks }: TextState): SafeHtml {
	const { language, timeZone } = state;
	const texts = approveTexts(language).texts;
	const { about } = approveTexts(language).more;
	const row = ({ about: sort, words, who, at }: TextState['remarks'][number]) => {
		const said = sort === 'rejected' ? (words === undefined ? texts.rejected : historyReason(words, language)) : [ownText(about as Record<string, string>, sort) ?? sort, words].filter(Boolean).join(': ');
		return html`<li><time datetime="${at}">${momentInWords(at, timeZone, language)}</time> ${said} <span class="soft">${who}</span></li>`;
	};
	const more = remarks.length - REMARKS_SHOWN;
	return html`<section><h3>${texts.remarks}</h3><ul class="history">${remarks.slice(0, REMARKS_SHOWN).map(row)}</ul>${more > 0 && html`<p class="soft">${fillCounted(texts.more, more, language)}</p>`}</section>`;
}

function editRow({ language }: TextsState, { removed, added, times, before, after }: TextState['edits'][number]): SafeHtml {
	const texts = approveTexts(language).texts;
	const form = removed && added ? texts.replaced : removed ? texts.removed : texts.added;
	return html`<li>${fill(form, { removed, added })} <span class="soft">${fillCounted(texts.times, times, language)}</span>
<details><summary class="button plain">${texts.example}</summary><div class="whole rewording">${wordDiff(before, after).map(marked)}</div></details></li>`;
}

function marked({ kind, text }: DiffPiece): SafeHtml {
	if (kind === 'same') return html`${text}`;
	return kind === 'added' ? html`<ins>${text}</ins>` : html`<del>${text}</del>`;
}
