import type { LinkedDevice } from '../../domain/linkedDevice';
import { momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill } from '../../web/texts';
import { deskPage, postForm } from '../frame';
import { deskAddress, type DeskView } from '../view';
import type { PhonePageState } from './state';
import { phoneTexts } from './words';

const HERE: DeskView = { view: 'phone', place: { page: 1 } };

/** How the shop's phone stands, and how the lead links it. */
export function renderPhone(state: PhonePageState): Page {
	const { language, device, badNumber } = state;
	const texts = phoneTexts(language);
	const isLinked = device?.state === 'linked';
	const main = html`<div class="intro"><h1>${texts.title}</h1><p class="soft">${texts.intro}</p></div>
${badNumber !== undefined && html`<p class="note bad" role="alert">${texts.badNumber}</p>`}
${!device?.isHeld && html`<p class="note warn">${texts.notRunning}</p>`}
${device?.stoppedCode !== undefined && stoppedCard(state, device)}
${device && standingCard(state, device)}
${device?.isHeld && !isLinked && linkCard(state, device)}
${device?.isHeld && isLinked && unlinkCard(state)}`;
	const page = deskPage(state, texts.title, main);
	return badNumber === undefined ? page : { ...page, status: 409 };
}

function stoppedCard(state: PhonePageState, { stoppedAt, stoppedCode }: LinkedDevice): SafeHtml {
	const { language, timeZone } = state;
	const texts = phoneTexts(language);
	return html`<section class="card uncertain stack" aria-labelledby="stopped"><h2 id="stopped">${texts.stoppedTitle}</h2>
<p>${fill(texts.stopped, { since: stoppedAt ? momentInWords(stoppedAt, timeZone, language) : '', code: stoppedCode ?? '' })}</p>
<details><summary class="button">${texts.resume}…</summary>${postForm(state, HERE, button('phoneResume', texts.resume, 'main'), 'stack')}</details></section>`;
}

function standingCard({ language, timeZone, sent }: PhonePageState, { state, connected, number, linkedAt }: LinkedDevice): SafeHtml {
	const texts = phoneTexts(language);
	const line = (name: string, value: string | undefined) => value !== undefined && html`<div><dt class="soft">${name}</dt><dd>${value}</dd></div>`;
	const isLinked = state === 'linked';
	return html`<section class="card stack" aria-labelledby="standing"><h2 id="standing"><span class="state${!isLinked && ' expired'}">${texts.states[state]}</span></h2>
<p>${texts.what[state]}</p>
${isLinked && !connected && html`<p class="note warn">${texts.offline}</p>`}
${isLinked && html`<dl class="stack">${line(texts.number, number)}${line(texts.linkedAt, linkedAt && momentInWords(linkedAt, timeZone, language))}${line(texts.today, sent && fill(texts.sentToday, { sent: sent.today, limit: sent.limit }))}</dl>
<p class="soft">${texts.limitWhy}</p>`}</section>`;
}

function linkCard(state: PhonePageState, device: LinkedDevice): SafeHtml {
	const { language, picture, badNumber } = state;
	const texts = phoneTexts(language);
	const reload = html`<p><a class="button" href="${deskAddress(HERE)}">${texts.reload}</a></p>`;
	const waits = device.wish !== undefined && picture === undefined && device.code === undefined;
	const ask = device.state === 'pairing' ? texts.showQr : device.state === 'conflict' ? texts.takeUp : texts.connect;
	return html`<section class="card stack" aria-labelledby="link"><h2 id="link">${texts.linkTitle}</h2><p>${texts.steps}</p>
${device.code !== undefined && html`<h3>${texts.codeTitle}</h3><p class="secret">${`${device.code.slice(0, 4)}-${device.code.slice(4)}`}</p><p>${texts.codeHint}</p>`}
${device.code === undefined && picture !== undefined && html`<p><img class="qr" src="data:image/gif;base64,${picture}" alt="${texts.qrAlt}"></p><p>${texts.qrHint}</p>`}
${waits && html`<p class="note" role="status">${texts.asked}</p>`}
${waits || picture !== undefined || device.code !== undefined ? reload : postForm(state, HERE, button('phoneConnect', ask, 'main'))}
${device.state !== 'conflict' && html`<details${badNumber !== undefined && html` open`}><summary class="button plain">${texts.withCode}</summary>
${postForm(state, HERE, html`<div class="field"><label for="number">${texts.numberLabel}</label><input id="number" name="number" type="tel" autocomplete="off" required aria-describedby="number-hint" value="${badNumber ?? ''}"><p class="soft" id="number-hint">${texts.numberHint}</p></div>${button('phoneCode', texts.getCode)}`, 'stack')}</details>`}</section>`;
}

function unlinkCard(state: PhonePageState): SafeHtml {
	const texts = phoneTexts(state.language);
	return html`<section class="card stack" aria-labelledby="unlink"><h2 id="unlink">${texts.unlinkTitle}</h2><p>${texts.unlinkIntro}</p>
<details><summary class="button">${texts.unlink}…</summary>${postForm(state, HERE, button('phoneUnlink', texts.unlink, 'grave'), 'stack')}</details></section>`;
}

function button(action: string, label: string, className = ''): SafeHtml {
	return html`<button name="action" value="${action}"${className && html` class="${className}"`}>${label}</button>`;
}
