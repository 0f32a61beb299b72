import { dayInWords, momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill } from '../../web/texts';
import { backLink } from '../backLink';
import { DRAFT_LIMITS, type Draft } from '../draft';
import { deskPage, postForm } from '../frame';
import { seenField } from '../seen';
import { typedField } from '../typedField';
import type { DeskView } from '../view';
import { deskTexts, historyReason, historyWho } from '../words';
import { messageFacts, rejectForm, textLanguage, whyAllowed } from './card';
import { moreActs, thumbDown } from './moreActs';
import { preview, remarkList, subjectLabel, typedPreview } from './preview';
import { rewordingPart } from './rewordingPart';
import type { HistoryEntry, MessagePageState } from './state';
import { storyPart } from './storyPart';
import { approveTexts } from './words';

/** One message: as it will arrive, the buttons to decide, the text to edit, and its history. Only a pending one can be decided. */
export function renderMessage(state: MessagePageState): Page {
	const { language, message, place } = state;
	const texts = deskTexts(language);
	const title = fill(texts.message.title, { name: message.customerName });
	const back: DeskView = { view: 'approve', place };
	const main = html`${backLink(back, texts.message.back)}
<div class="intro"><h1>${message.customerName}</h1>${messageFacts(state, message)}
<p><span class="state ${message.state}">${texts.states[message.state]}</span>${message.laterOn && message.laterOn > state.today && html` <span class="state">${fill(approveTexts(language).more.laterTill, { date: dayInWords(message.laterOn, language) })}</span>`}</p>${whyAllowed(state, message)}</div>
<div class="columns letter">
<section aria-labelledby="preview">${state.looked && typedPreview(state, state.looked)}<h2 id="preview">${texts.message.preview}</h2>${remarkList(state, message)}${preview(state)}${rewordingPart(state)}${thumbDown(state)}</section>
<div class="work">
${message.state !== 'pending' && state.draft && html`<section class="card stack">${unsaved(state, state.draft)}</section>`}
${message.state === 'pending' && html`<section class="card stack" aria-labelledby="decide"><h2 id="decide">${texts.message.decide}</h2>
${postForm(state, back, html`<input type="hidden" name="message" value="${seenField(message)}"><button class="main" name="action" value="approve">${texts.message.approve}</button>`, 'full')}
<details class="rejecting"><summary class="button">${texts.today.reject}</summary>${rejectForm(state, message, back)}</details></section>
<section class="card stack" id="edit" aria-labelledby="edit-title"><h2 id="edit-title">${texts.message.edit}</h2>${message.isFixed ? html`<p>${texts.message.fixed}</p>` : editForm(state)}</section>
${moreActs(state)}`}
${storyPart(state)}
<section aria-labelledby="history"><h2 id="history">${texts.message.history}</h2><ol class="history">${state.history.map((entry) => historyRow(state, entry))}</ol></section>
</div>
</div>`;
	return deskPage(state, title, main, message.hasHtml || state.looked?.hasHtml);
}

/** What had been typed while somebody else decided: it can still be copied. */
function unsaved({ language }: MessagePageState, draft: Draft): SafeHtml {
	const texts = deskTexts(language);
	return html`<p class="note bad" role="alert">${texts.message.decidedMeanwhile}</p>
${typedField(texts.problemTyped, draft)}`;
}

function editForm(state: MessagePageState): SafeHtml {
	const { language, message, place, fault } = state;
	const texts = deskTexts(language).message;
	const { subject, body } = state.draft ?? message;
	const faulty = (...faults: string[]) => fault !== undefined && faults.includes(fault) && html` aria-invalid="true" aria-describedby="fault"`;
	// A line end directly after <textarea> is dropped by browsers: ours is given up so that the text keeps its own.
	const fields = html`${fault && html`<p class="note bad" id="fault" role="alert">${fill(texts.faults[fault], DRAFT_LIMITS)}</p>`}
<input type="hidden" name="message" value="${seenField(message)}">
${message.subject !== undefined && html`<div class="field"><label for="subject">${subjectLabel(state)}</label><input id="subject" name="subject" maxlength="${DRAFT_LIMITS.subject}" required lang="${textLanguage(state, message)}" autocomplete="off" value="${subject}"${faulty('emptySubject')}></div>`}
<div class="field"><label for="body">${texts.body} <small>${texts.bodyHint}</small></label><textarea id="body" name="body" maxlength="${DRAFT_LIMITS.body}" required lang="${textLanguage(state, message)}"${faulty('emptyBody', 'tooLong', 'tooLongHere', 'changed')}>
${body}</textarea></div>
<p class="soft">${texts.editHint}</p>
<div class="two"><button name="action" value="look">${approveTexts(language).look.submit}</button><button name="action" value="save">${texts.save}</button><button class="main" name="action" value="saveAndApprove">${texts.saveAndApprove}</button></div>`;
	return postForm(state, { view: 'message', id: message.id, place }, fields, 'stack');
}

function historyRow({ language, timeZone }: MessagePageState, { at, state, who, why }: HistoryEntry): SafeHtml {
	const reason = why && html`<br><span class="soft">${historyReason(why, language)}</span>`;
	return html`<li><time datetime="${at}">${momentInWords(at, timeZone, language)}</time> <strong>${deskTexts(language).states[state]}</strong> <span class="soft">${historyWho(who, language)}</span>${reason}</li>`;
}
