import type { Channel, Purpose } from '../domain/glossary';
import { html } from '../web/html';
import type { Page } from '../web/page';
import { fill, loadTexts } from '../web/texts';
import { customerCard, shopContact, type CustomerPageState } from './customerCard';

type OptInTexts = typeof import('../../templates/it/opt-in.json');

/** What the customer is asked: the same words that are kept with the consent. */
export interface OptInQuestion extends CustomerPageState {
	channel: Channel;
	purpose: Purpose;
	/** The shop's own wording. */
	wording: string;
	noticeVersion: string;
	token: string;
}

/** The page behind the link of a double opt-in. Looking at it changes nothing; its one button posts. */
export function renderOptIn(question: OptInQuestion): Page {
	const { language, shop, channel, purpose } = question;
	const texts = textsOf(question);
	const values = { shop: shop.name, channel: texts.channels[channel], purpose: texts.purposes[purpose] };
	return customerCard(
		{ language, shop },
		200,
		texts.title,
		html`<p>${fill(channel === 'call' ? texts.introCall : texts.intro, values)}</p>
<h2>${texts.wording}</h2>
<blockquote>${question.wording}</blockquote>
<p class="soft">${fill(texts.notice, { version: question.noticeVersion })}</p>
<form method="post" action="?" class="buttons">
<input type="hidden" name="token" value="${question.token}">
<button class="main" name="optIn" value="yes">${texts.confirm}</button>
</form>
<p class="soft">${texts.free}</p>`,
	);
}

/** It is granted; the same however often the button is pressed. */
export function renderOptInDone(state: CustomerPageState): Page {
	const texts = textsOf(state);
	return customerCard(state, 200, texts.doneTitle, html`<p class="note good" role="status">${texts.doneText}</p>${shopContact(state, texts)}`);
}

/** The link is too old to grant anything: 410. */
export function renderOptInExpired(state: CustomerPageState): Page {
	const texts = textsOf(state);
	return customerCard(state, 410, texts.expiredTitle, html`<p>${texts.expiredText}</p>${shopContact(state, texts)}`);
}

/** The link is not one of ours: 404. */
export function renderOptInInvalid(state: CustomerPageState): Page {
	const texts = textsOf(state);
	return customerCard(state, 404, texts.invalidTitle, html`<p>${texts.invalidText}</p>${shopContact(state, texts)}`);
}

function textsOf({ language }: CustomerPageState): OptInTexts {
	return loadTexts<OptInTexts>('opt-in', language);
}
