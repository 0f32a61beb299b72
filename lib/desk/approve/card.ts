import { html, type SafeHtml } from '../../web/html';
import { fill } from '../../web/texts';
import { NOTE_LIMIT, REJECT_REASONS, seenField } from '../action';
import { beginningOf } from '../beginning';
import { postForm } from '../frame';
import type { DeskFrame, DeskMessage } from '../state';
import { deskAddress, type DeskView, type Place } from '../view';
import { deskTexts, occasionInWords, whyInWords } from '../words';
import { becauseInWords } from './words';

/** Id of the form that the checkboxes of all cards belong to. */
export const MANY_FORM = 'many';

/**
 * One waiting message.
 *
 * @param nextId the card that the browser scrolls to once this one is decided
 */
export function messageCard(frame: DeskFrame, message: DeskMessage, place: Place, nextId: number | undefined): SafeHtml {
	const texts = deskTexts(frame.language).today;
	const { id, customerName: name } = message;
	const language = textLanguage(frame, message);
	const back: DeskView = { view: 'approve', place: { ...place, at: nextId } };
	const page = deskAddress({ view: 'message', id, place: { ...place, at: id } });
	const forName = html` <span class="hidden">${fill(texts.forCustomer, { name })}</span>`;
	return html`<article class="card message" id="m${id}" aria-labelledby="n${id}">
<div class="head">
<label class="pick"><input type="checkbox" form="${MANY_FORM}" name="pick" value="${seenField(message)}"><span class="hidden">${fill(texts.pick, { name })}</span></label>
<div>
<h3 id="n${id}"><a href="${page}">${name}</a></h3>
${messageFacts(frame, message)}
</div>
</div>
${message.subject !== undefined && html`<p class="subject" lang="${language}">${message.subject}</p>`}
<details class="text">
<summary><span class="start" lang="${language}">${beginningOf(message.body)}</span> <span class="more">${texts.readAll}</span><span class="less">${texts.readLess}</span></summary>
<div class="whole" lang="${language}">${message.body}</div>
</details>
${whyAllowed(frame, message)}
<div class="acts">
${postForm(frame, back, html`<input type="hidden" name="message" value="${seenField(message)}"><button class="main" name="action" value="approve">${texts.approve}${forName}</button>`)}
<a class="button" href="${page}#edit">${texts.edit}${forName}</a>
<details class="rejecting"><summary class="button plain">${texts.reject}${forName}</summary>${rejectForm(frame, message, back)}</details>
</div>
</article>`;
}

/** Occasion and channel in a line, and a word on the last day on which it may leave and on words that are a model's. */
export function messageFacts(frame: DeskFrame, message: DeskMessage): SafeHtml {
	const { language, today } = frame;
	const texts = deskTexts(language);
	const lastDay = message.expiresOn === today && html` <span class="last">${texts.today.lastDay}</span>`;
	const reworded = message.rewording && html` <span class="state">${texts.rewording.mark}</span>`;
	return html`<p class="facts"><strong>${occasionInWords(message.occasion, today, language)}</strong> <span class="soft">${texts.channels[message.channel]}</span>${lastDay}${reworded}</p>`;
}

/** The language to read the message in. */
export function textLanguage(frame: DeskFrame, message: DeskMessage): string {
	return message.textLanguage ?? frame.language;
}

/** What made the occasion due, and why the shop may write to this person, where that was recorded. */
export function whyAllowed({ language, timeZone }: DeskFrame, { why, occasion }: DeskMessage): SafeHtml | '' {
	const because = becauseInWords(occasion, language);
	const reasons = [because, why.code && whyInWords(why, timeZone, language)].filter(Boolean);
	return reasons.length > 0 ? html`<p class="why"><span class="hidden">${deskTexts(language).why.label}</span> ${reasons.join('; ')}</p>` : '';
}

/** Holds a message back, with a reason. */
export function rejectForm(frame: DeskFrame, message: DeskMessage, back: DeskView): SafeHtml {
	const texts = deskTexts(frame.language).rejecting;
	const [reason, note] = [`r${message.id}`, `w${message.id}`];
	return postForm(
		frame,
		back,
		html`<input type="hidden" name="message" value="${seenField(message)}">
<div class="field"><label for="${reason}">${texts.reason}</label><select id="${reason}" name="reason">${REJECT_REASONS.map((code) => html`<option value="${code}">${texts.reasons[code]}</option>`)}</select></div>
<div class="field"><label for="${note}">${texts.note} <small id="${note}h">${texts.noteHint}</small></label><input id="${note}" name="note" maxlength="${NOTE_LIMIT}" autocomplete="off" aria-describedby="${note}h"></div>
<button class="grave" name="action" value="reject">${texts.submit}</button>`,
		'stack',
	);
}
