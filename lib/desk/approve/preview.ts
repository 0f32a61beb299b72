import { html, type SafeHtml } from '../../web/html';
import { fill, fillCounted, numberInWords } from '../../web/texts';
import { postForm } from '../frame';
import { seenField } from '../seen';
import { deskAddress } from '../view';
import { deskTexts } from '../words';
import { textLanguage } from './card';
import type { LetterSheet, MessagePageState, Shown } from './state';
import { whatsAppParts } from './whatsAppParts';
import { approveTexts } from './words';

/** Name of the frame in which a mail that was only typed is shown. */
const LOOK_FRAME = 'look';

/** What the channel calls the line above the text. */
export function subjectLabel({ language, message }: MessagePageState): string {
	const texts = deskTexts(language).message;
	return message.channel === 'push' ? texts.titleLine : texts.subject;
}

/** The stored message as it will arrive; the mail in a frame of its own without any right, from the view `preview`. */
export function preview(state: MessagePageState): SafeHtml {
	const { message } = state;
	const address = deskAddress({ view: 'preview', id: message.id, place: { page: 1 } });
	return arriving(state, message, message.hasHtml && html`<iframe sandbox src="${address}" title="${fill(deskTexts(state.language).message.previewFrame, { name: message.customerName })}"></iframe>`);
}

/** What was typed, as it would arrive. The mail is posted into a frame only when somebody asks for it: nothing of it is stored anywhere. */
export function typedPreview(state: MessagePageState, looked: Shown): SafeHtml {
	const { language, message, draft, place } = state;
	const texts = approveTexts(language).look;
	const mail = looked.hasHtml && html`${postForm(state, { view: 'message', id: message.id, place }, html`<input type="hidden" name="message" value="${seenField(message)}">
<input type="hidden" name="subject" value="${draft?.subject ?? ''}"><input type="hidden" name="body" value="${draft?.body ?? ''}">
<button name="action" value="lookMail" formtarget="${LOOK_FRAME}">${texts.mail}</button>`, 'full')}
<iframe sandbox name="${LOOK_FRAME}" title="${texts.frame}"></iframe>`;
	return html`<section class="card stack looked" aria-labelledby="looked"><h2 id="looked">${texts.title}</h2><p class="soft">${texts.hint}</p>
${remarkList(state, looked)}
${arriving(state, looked, mail)}</section>`;
}

/** What should be looked at in a text. */
export function remarkList({ language }: Pick<MessagePageState, 'language'>, { remarks }: Shown): SafeHtml | '' {
	const texts = approveTexts(language);
	const known = remarks.filter((code): code is keyof typeof texts.remarks => Object.hasOwn(texts.remarks, code));
	return known.length > 0 ? html`<div class="note warn"><p><strong>${texts.look.remarks}</strong></p><ul>${known.map((code) => html`<li>${texts.remarks[code]}</li>`)}</ul></div>` : '';
}

/** @param mail the frame that shows a mail, where it is one */
function arriving(state: MessagePageState, shown: Shown, mail: SafeHtml | false): SafeHtml {
	const { language, message } = state;
	const texts = deskTexts(language).message;
	const subject = shown.subject !== undefined && html`<div><dt>${subjectLabel(state)}</dt><dd lang="${textLanguage(state, message)}">${shown.subject}</dd></div>`;
	const head = html`<dl class="envelope"><div><dt>${texts.recipient}</dt><dd>${message.recipient}</dd></div>${subject}</dl>`;
	if (mail) {
		return html`<div class="card mail">${head}
${mail}</div>
<details class="plain-text"><summary class="button plain">${texts.plain}</summary><div class="card">${whole(state, shown.text)}</div></details>`;
	}
	return html`<div class="card mail">${head}<div class="sheet ${message.channel}">${onChannel(state, shown)}</div></div>${smsCount(state, shown)}`;
}

function onChannel(state: MessagePageState, shown: Shown): SafeHtml {
	const { language, message } = state;
	const texts = approveTexts(language).show;
	switch (message.channel) {
		case 'sms':
			return html`<div class="bubble">${whole(state, shown.text)}</div>`;
		case 'whatsapp':
		case 'whatsappLinked':
			return bubble(state, shown);
		case 'push':
			return html`<div class="push" role="group" aria-label="${texts.push}"><p class="soft">${state.shopName}</p><p><strong lang="${textLanguage(state, message)}">${shown.subject}</strong></p>${whole(state, shown.text)}</div>`;
		case 'letter':
			return shown.sheet ? letterSheet(state, shown, shown.sheet) : whole(state, shown.text);
		case 'call':
			return html`<h3>${texts.script}</h3>${whole(state, shown.text)}${questionList(state)}`;
		case 'email':
			return whole(state, shown.text);
	}
}

function whole(state: MessagePageState, text: string): SafeHtml {
	return html`<div class="whole" lang="${textLanguage(state, state.message)}">${text}</div>`;
}

function bubble(state: MessagePageState, { text, body }: Shown): SafeHtml {
	const { header, body: middle, footer, buttons } = whatsAppParts(text, body);
	return html`<div class="bubble" role="group" aria-label="${approveTexts(state.language).show.whatsApp}" lang="${textLanguage(state, state.message)}">${header && html`<p><strong>${header}</strong></p>`}<div class="whole">${middle}</div>${footer && html`<p class="soft whole">${footer}</p>`}</div>
${buttons.map((label) => html`<p class="bubble label">${label}</p>`)}`;
}

/** The letter as its page holds it: sender, window, place and date, subject, text, foot. */
function letterSheet(state: MessagePageState, { subject }: Shown, sheet: LetterSheet): SafeHtml {
	const lines = (all: readonly string[]) => all.map((line, place) => html`${place > 0 && html`<br>`}${line}`);
	return html`<div class="a4" role="group" aria-label="${approveTexts(state.language).show.letter}" lang="${textLanguage(state, state.message)}"><p><strong>${sheet.senderName}</strong><br><small>${lines(sheet.senderLines)}</small></p>
<p class="window">${lines(sheet.recipientLines)}</p>
<p>${sheet.placeAndDate}</p>
${subject && html`<p><strong>${subject}</strong></p>`}
${sheet.paragraphs.map((paragraph) => html`<p class="whole">${paragraph}</p>`)}
${sheet.foot && html`<p class="foot whole">${sheet.foot}</p>`}</div>`;
}

/** What is asked on the telephone, with the answers to tick off. */
function questionList(state: MessagePageState): SafeHtml | '' {
	const { questions = [] } = state.message;
	if (questions.length === 0) return '';
	return html`<h3>${deskTexts(state.language).message.questions}</h3><ol lang="${textLanguage(state, state.message)}">${questions.map(({ question, answers }) => html`<li>${question} <span class="soft">${answers.join(' · ')}</span></li>`)}</ol>`;
}

/** For how many messages an SMS is paid, and how long it is. */
function smsCount({ language }: MessagePageState, { sms }: Shown): SafeHtml | '' {
	if (!sms) return '';
	const length = fill(approveTexts(language).show.sms, { units: numberInWords(sms.units, language), encoding: sms.encoding });
	return html`<p class="soft">${fillCounted(deskTexts(language).message.smsSegments, sms.segments, language)} ${length}</p>`;
}
