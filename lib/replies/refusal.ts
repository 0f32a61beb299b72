import type { Channel } from '../domain/glossary';
import { html, type SafeHtml } from '../web/html';
import type { Page } from '../web/page';
import { fill, loadTexts } from '../web/texts';
import { customerCard, shopContact, type CustomerPageState } from './customerCard';
import type { Refusal } from './refusalPost';

type RefusalTexts = typeof import('../../templates/it/refusal.json');

export type RefusalState = CustomerPageState;

/** The page behind the refusal link. Looking at it changes nothing; its two buttons post. */
export function renderRefusal(state: RefusalState & { channel: Channel; token: string }): Page {
	const { texts, values } = wordsOf(state, state.channel);
	const stop = state.channel === 'call' ? texts.channelCall : fill(texts.channel, values);
	return customerCard(
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
	return customerCard(state, 200, texts.doneTitle, html`<p class="note good" role="status">${done}</p><p>${texts.doneSorry}</p>${contact(state)}`);
}

/** The link is not one of ours: 404, with the shop's phone and e-mail, so that the person can refuse all the same. */
export function renderRefusalInvalid(state: RefusalState): Page {
	const { texts } = wordsOf(state);
	const { phone, email } = state.shop;
	return customerCard(state, 404, texts.invalidTitle, html`<p>${phone || email ? texts.invalidText : texts.invalidTextNoContact}</p>${contact(state)}`);
}

/** The refusal could not be stored: 503, so that a mail program tries again, and a person knows that it is not done. */
export function renderRefusalTrouble(state: RefusalState): Page {
	const { texts } = wordsOf(state);
	return customerCard(state, 503, texts.troubleTitle, html`<p class="note bad" role="alert">${texts.troubleText}</p>${contact(state)}`);
}

function wordsOf({ language, shop }: RefusalState, channel: Channel = 'email') {
	const texts = loadTexts<RefusalTexts>('refusal', language);
	return { texts, values: { shop: shop.name, channel: texts.channels[channel] } };
}

function contact(state: RefusalState): SafeHtml {
	return shopContact(state, loadTexts<RefusalTexts>('refusal', state.language));
}
