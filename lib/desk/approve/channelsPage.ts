import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill } from '../../web/texts';
import { backLink } from '../backLink';
import { deskPage, postForm } from '../frame';
import { reasonInWords } from '../reason';
import { seenField } from '../seen';
import type { DeskView } from '../view';
import { deskTexts, ownText } from '../words';
import { messageFacts } from './card';
import type { ChannelsState } from './state';
import { approveTexts } from './words';

/** The channels to choose from instead, and why the others are not among them. */
export function renderChannels(state: ChannelsState): Page {
	const { language, message, place, channels } = state;
	const [texts, names] = [approveTexts(language).channels, deskTexts(language).channels];
	const title = fill(texts.title, { name: message.customerName });
	const back: DeskView = { view: 'message', id: message.id, place };
	const main = html`${backLink(back, texts.back)}
<div class="intro"><h1>${title}</h1>${messageFacts(state, message)}<p>${texts.intro}</p><p class="soft">${fill(texts.now, { channel: names[message.channel] })}</p></div>
<ul class="choices">${[...channels].sort((one, other) => Number(other.may) - Number(one.may)).map((channel) => row(state, channel, back))}</ul>`;
	return deskPage(state, title, main);
}

function row(state: ChannelsState, { channel, may, reason, recipient }: ChannelsState['channels'][number], back: DeskView): SafeHtml {
	const { language, message } = state;
	const texts = approveTexts(language).channels;
	const name = ownText(deskTexts(language).channels as Record<string, string>, channel) ?? channel;
	if (!may) return html`<li class="card stack"><h2>${name}</h2><p class="soft"><strong>${texts.not}.</strong> ${whyNot(reason, state)}</p></li>`;
	const fields = html`<input type="hidden" name="message" value="${seenField(message)}"><input type="hidden" name="channel" value="${channel}"><button class="main" name="action" value="changeChannel">${texts.submit}<span class="hidden">: ${name}</span></button>`;
	return html`<li class="card stack"><h2>${name}</h2>${recipient && html`<p>${recipient}</p>`}${postForm(state, back, fields)}</li>`;
}

function whyNot(reason: string, { language }: ChannelsState): string {
	if (reason === 'NO_TEXT') return approveTexts(language).channels.noText;
	return reasonInWords(reason, language);
}
