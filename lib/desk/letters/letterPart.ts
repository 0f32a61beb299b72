import { html, type HtmlValue, type SafeHtml } from '../../web/html';
import { fill } from '../../web/texts';
import { customerLink } from '../customer/link';
import { postForm } from '../frame';
import { REJECT_REASONS } from '../rejection';
import { NOTE_LIMIT } from '../seen';
import type { DeskFrame } from '../state';
import type { DeskView } from '../view';
import { deskTexts, occasionInWords, ownText } from '../words';
import type { DeskLetter } from './state';
import { letterTexts } from './words';

/** Whom a letter goes to, and what speaks against its address. */
export function letterFacts({ language, today }: DeskFrame, { id, customerId, customerName, occasion, address, doubt, expiresOn }: DeskLetter): SafeHtml {
	const texts = letterTexts(language);
	const why = doubt && (doubt === 'CHARACTERS' ? texts.characters : fill(texts.doubt, { why: ownText(texts.doubts, doubt) ?? doubt }));
	return html`<h3 id="n${id}">${customerName}</h3><p>${address}</p><p class="soft">${occasionInWords(occasion, today, language)}${expiresOn === today && html` <span class="last">${texts.lastDay}</span>`}</p>${why && html`<p><span class="last">${why}</span></p>`}<p>${customerLink({ language }, customerId, customerName)}</p>`;
}

/** Holds a letter back for ever, with a reason. */
export function rejectLetterForm(frame: DeskFrame, { id, customerName: name }: DeskLetter, back: DeskView, inBatch: boolean): SafeHtml {
	const texts = letterTexts(frame.language);
	const { reasons } = deskTexts(frame.language).rejecting;
	return postForm(
		frame,
		back,
		html`<input type="hidden" name="letter" value="${id}">${inBatch && html`<input type="hidden" name="inBatch" value="yes">`}
<div class="field"><label for="r${id}">${texts.reason}</label><select id="r${id}" name="reason">${REJECT_REASONS.map((code) => html`<option value="${code}">${reasons[code]}</option>`)}</select></div>
<div class="field"><label for="w${id}">${texts.note} <small id="w${id}h">${texts.noteHint}</small></label><input id="w${id}" name="note" maxlength="${NOTE_LIMIT}" autocomplete="off" aria-describedby="w${id}h"></div>
<button class="grave" name="action" value="rejectLetter">${texts.rejectSubmit}${forName(frame, name)}</button>`,
		'stack inset',
	);
}

/** Says to a screen reader which letter a button is about. */
export function forName({ language }: DeskFrame, name: string): HtmlValue {
	return html` <span class="hidden">${fill(letterTexts(language).forCustomer, { name })}</span>`;
}
