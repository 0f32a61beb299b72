import type { Channel, Language } from '../domain/glossary';
import type { Shop } from '../domain/shop';
import { BASE_STYLE } from '../web/baseStyle';
import { html, type HtmlValue, type SafeHtml } from '../web/html';
import { page, type Page } from '../web/page';
import { shopMark } from '../web/shopMark';
import { stylesheet } from '../web/stylesheet';
import { fill, loadTexts } from '../web/texts';
import type { Refusal } from './refusalPost';

type RefusalTexts = typeof import('../../templates/it/refusal.json');

/** What the refusal pages know: the shop and the language, nothing of the person, because a forwarded link would show it to others. */
export interface RefusalState {
	/** The customer's; the shop's where the customer is not known. */
	language: Language;
	/** The name is empty where the shop is not known. */
	shop: Pick<Shop, 'name' | 'phone' | 'email'>;
}

const SHEET = stylesheet(
	BASE_STYLE,
	`.contact { display: grid; gap: .25rem; }
	.contact a { display: inline-flex; align-items: center; min-height: 2.75rem; font-weight: 600; }
	.buttons { display: grid; gap: .75rem; }`,
);

/** The page behind the refusal link. Looking at it changes nothing; its two buttons post. */
export function renderRefusal(state: RefusalState & { channel: Channel; token: string }): Page {
	const { texts, values } = wordsOf(state, state.channel);
	const stop = state.channel === 'call' ? texts.channelCall : fill(texts.channel, values);
	return refusalPage(
		state,
		200,
		texts.title,
		html`<p>${fill(texts.intro, values)}</p>
<form method="post" action="?" class="buttons">
<input type="hidden" name="token" value="${state.token}">
<button class="main" name="scope" value="channel">${stop}</button>
<button name="scope" value="all">${texts.all}</button>
</form>
<p class="soft">${texts.service}</p>`,
	);
}

/** It is done; also the short answer to a one-click request. The same however often it is asked. */
export function renderRefusalDone(state: RefusalState & { channel: Channel; scope: Refusal['scope'] }): Page {
	const { texts, values } = wordsOf(state, state.channel);
	const done = fill(state.scope === 'all' ? texts.doneAll : texts.doneChannel, values);
	return refusalPage(state, 200, texts.doneTitle, html`<p class="note good" role="status">${done}</p><p>${texts.doneSorry}</p>${contact(state)}`);
}

/** The link is not one of ours: 404, with the shop's phone and e-mail, so that the person can refuse all the same. */
export function renderRefusalInvalid(state: RefusalState): Page {
	const { texts } = wordsOf(state);
	const { phone, email } = state.shop;
	return refusalPage(state, 404, texts.invalidTitle, html`<p>${phone || email ? texts.invalidText : texts.invalidTextNoContact}</p>${contact(state)}`);
}

/** The refusal could not be stored: 503, so that a mail program tries again, and a person knows that it is not done. */
export function renderRefusalTrouble(state: RefusalState): Page {
	const { texts } = wordsOf(state);
	return refusalPage(state, 503, texts.troubleTitle, html`<p class="note bad" role="alert">${texts.troubleText}</p>${contact(state)}`);
}

function wordsOf({ language, shop }: RefusalState, channel: Channel = 'email') {
	const texts = loadTexts<RefusalTexts>('refusal', language);
	return { texts, values: { shop: shop.name, channel: texts.channels[channel] } };
}

function refusalPage({ language, shop }: RefusalState, status: number, title: string, content: HtmlValue): Page {
	const body = html`<main class="narrow"><div class="card">
${shop.name && shopMark(shop.name)}
<h1>${title}</h1>
${content}
</div></main>`;
	return page({ language, title: [title, shop.name].filter(Boolean).join(' · '), style: SHEET, body, status });
}

/** The shop's phone and e-mail as links; what is no plain number or address is left out. */
function contact({ language, shop }: RefusalState): SafeHtml {
	const texts = loadTexts<RefusalTexts>('refusal', language);
	const phone = shop.phone && /^[+\d][\d ]{3,30}$/.test(shop.phone) && html`<p>${texts.phone}: <a href="tel:${shop.phone.replace(/ /g, '')}">${shop.phone}</a></p>`;
	const email = shop.email && /^[\w.+-]+@[\w.-]+$/.test(shop.email) && html`<p>${texts.email}: <a href="mailto:${shop.email}">${shop.email}</a></p>`;
	return html`<div class="contact">${phone}${email}</div>`;
}
