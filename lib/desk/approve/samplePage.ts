import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill, fillCounted } from '../../web/texts';
import { backLink } from '../backLink';
import { deskPage, postForm } from '../frame';
import { deskAddress, type DeskView } from '../view';
import { messageFacts, textLanguage, whyAllowed } from './card';
import type { SampleState } from './state';
import { approveTexts } from './words';

/** Texts drawn at random from what matches, each to be read whole, before one yes to all. */
export function renderSample(state: SampleState): Page {
	const { language, place, total, reworded, texts: count, messages } = state;
	const texts = approveTexts(language).all;
	const list: DeskView = { view: 'approve', place: { ...place, page: 1, at: undefined } };
	const intro = total === 0 ? texts.nothing : state.claim === undefined ? fill(texts.tooMany, { texts: count }) : fillCounted(texts.intro, total, language);
	const main = html`${backLink(list, texts.back)}
<div class="intro"><h1>${texts.title}</h1><p>${intro}</p>${reworded > 0 && html`<p class="soft">${fillCounted(texts.reworded, reworded, language)}</p>`}</div>
${state.claim !== undefined && html`<div class="cards">${messages.map((message) => sampled(state, message))}</div>
<p><a class="button" href="${deskAddress({ ...list, view: 'sample' } as DeskView)}">${texts.another}</a></p>
${postForm(state, list, html`<input type="hidden" name="of" value="${deskAddress(list)}"><input type="hidden" name="claim" value="${state.claim}">
<p class="tick"><input type="checkbox" id="read" name="read" value="yes" required><label for="read">${texts.read}</label></p>
<button class="main" name="action" value="approveAll">${fillCounted(texts.submit, total, language)}</button>`, 'ask')}`}`;
	return deskPage(state, texts.title, main);
}

function sampled(state: SampleState, message: SampleState['messages'][number]): SafeHtml {
	const language = textLanguage(state, message);
	return html`<article class="card message" aria-labelledby="n${message.id}"><h2 id="n${message.id}">${message.customerName}</h2>
${messageFacts(state, message)}
<p class="soft">${message.template}</p>
${message.subject !== undefined && html`<p class="subject" lang="${language}">${message.subject}</p>`}
<div class="whole" lang="${language}">${message.text}</div>
${whyAllowed(state, message)}</article>`;
}
