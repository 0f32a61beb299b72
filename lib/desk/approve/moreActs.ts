import { plusDays } from '../../domain/time';
import { dayInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import { fill } from '../../web/texts';
import { postForm } from '../frame';
import { NOTE_LIMIT, seenField } from '../seen';
import { deskAddress, type DeskView } from '../view';
import type { MessagePageState } from './state';
import { approveTexts } from './words';

/** What else can be done with a message that waits: another day, another channel, never again for this person. */
export function moreActs(state: MessagePageState): SafeHtml {
	const { language, message, place, today } = state;
	const texts = approveTexts(language).more;
	const back: DeskView = { view: 'approve', place };
	const folded = (title: string, fields: SafeHtml, to: DeskView) => html`<details><summary class="button plain">${title}</summary>${postForm(state, to, html`<input type="hidden" name="message" value="${seenField(message)}">${fields}`, 'stack inset')}</details>`;
	// On its last day there is no other one.
	const mayWait = message.expiresOn === undefined || message.expiresOn > today;
	return html`<section class="card stack" aria-labelledby="more"><h2 id="more">${texts.title}</h2>
${mayWait && folded(texts.later, laterFields(state), back)}
<a class="button plain" href="${deskAddress({ view: 'channels', id: message.id, place })}">${texts.channel}</a>
${folded(texts.never, neverFields(state), back)}
</section>`;
}

/** The thumb down: a word to whoever looks after the texts, also on what has left already. */
export function thumbDown(state: MessagePageState): SafeHtml {
	const { language, message, place } = state;
	const texts = approveTexts(language).more;
	const about = (code: keyof typeof texts.about) => html`<option value="${code}">${texts.about[code]}</option>`;
	const fields = html`<input type="hidden" name="message" value="${seenField(message)}"><p>${texts.thumbIntro}</p>
<div class="field"><label for="about">${texts.thumbAbout}</label><select id="about" name="about">${about('sounds')}${about('person')}</select></div>
<div class="field"><label for="words">${texts.thumbWords}</label><input id="words" name="note" maxlength="${NOTE_LIMIT}" autocomplete="off"></div>
<button name="action" value="complain">${texts.thumbSubmit}</button>`;
	return html`<details class="thumb"><summary class="button plain"><svg width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linejoin="round" aria-hidden="true"><path d="M5 10V3h8l2 6v2h-4.5l.7 3.5L9.5 16 6 10zM2 3h3v7H2z"/></svg> ${texts.thumb}</summary>${postForm(state, { view: 'message', id: message.id, place }, fields, 'stack inset')}</details>`;
}

function laterFields({ language, message: { expiresOn }, today }: MessagePageState): SafeHtml {
	const texts = approveTexts(language).more;
	const last = expiresOn ?? plusDays(today, 365);
	const hint = [texts.laterHint, expiresOn && fill(texts.laterLast, { date: dayInWords(expiresOn, language) })].filter(Boolean).join(' ');
	return html`<div class="field"><label for="until">${texts.laterDay}</label><input id="until" name="until" type="date" required min="${plusDays(today, 1)}" max="${last}" value="${plusDays(today, 1)}" aria-describedby="until-hint"><p class="soft" id="until-hint">${hint}</p></div>
<button name="action" value="putOff">${texts.laterSubmit}</button>`;
}

function neverFields({ language }: MessagePageState): SafeHtml {
	const texts = approveTexts(language).more;
	return html`<div class="field"><label for="scope">${texts.neverScope}</label><select id="scope" name="scope"><option value="purpose">${texts.neverKind}</option><option value="all">${texts.neverAll}</option></select></div>
<div class="field"><label for="told">${texts.neverNote}</label><input id="told" name="note" maxlength="${NOTE_LIMIT}" autocomplete="off" aria-describedby="told-hint"><p class="soft" id="told-hint">${texts.neverHint}</p></div>
<button class="grave" name="action" value="never">${texts.neverSubmit}</button>`;
}
