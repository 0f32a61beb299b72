import { bare, empty, page, time } from './frame';
import { html, type Html } from './html';
import { WAY_NAMES, type Bubble, type Phone } from './phones';

const LIST_LIMIT = 100;
/** Seconds after which a conversation looks again. */
const AGAIN = 3;

/** All phones, the newest message first. */
export function phonesPage(phones: readonly Phone[]): string {
	return page('Phone', '/phones', html`<header><h1>Phone</h1><p>What customers got by SMS, WhatsApp and app. Open one to answer as the customer.</p></header>${phoneList(phones)}`, { renews: true });
}

export function phoneList(phones: readonly Phone[], limit = LIST_LIMIT): Html {
	if (phones.length === 0) return empty('Nothing yet. Approve an SMS, a WhatsApp message or a notice at the Desk: it arrives here instead of at the customer.');
	return html`<ul class="list">${phones.slice(0, limit).map((phone) => {
		const last = phone.bubbles[phone.bubbles.length - 1];
		return html`<li><a href="${addressOf(phone)}"><span class="subject">${nameOf(phone)}</span>${time(last.at)}
			<span class="about"><span class="way ${last.via}">${WAY_NAMES[last.via]}</span> ${last.from === 'customer' ? 'Customer: ' : ''}${last.title ? `${last.title}: ` : ''}${short(last.text)}</span></a></li>`;
	})}</ul>`;
}

/** One phone with its conversation, which renews itself in a frame, and a box to answer as its owner. */
export function phonePage(phone: Phone, { problem, typed = '' }: { problem?: string; typed?: string } = {}): string {
	const name = nameOf(phone);
	return page(`Phone of ${name}`, '/phones', html`<div class="phone"><header><h1>${name}</h1><p>${phone.owner ? phone.address : ''}</p></header>
		<iframe title="What ${name} sees" src="${addressOf(phone, '/phone/screen')}"></iframe>
		${problem ? html`<p class="problem" role="alert">${problem}</p>` : html``}${answerForm(phone, typed)}</div>`);
}

/** The conversation alone. Its end is seen first. */
export function screen({ bubbles }: Phone): string {
	return bare('Conversation', html`<ol class="screen">${bubbles.map(bubble).reverse()}</ol>`, AGAIN);
}

export function addressOf({ address }: Phone, path = '/phone'): string {
	return `${path}?${new URLSearchParams({ of: address })}`;
}

function answerForm(phone: Phone, typed: string): Html {
	if (phone.ways.length === 0) return html`<p class="note">An app shows notices; nobody can answer them there.</p>`;
	const [first, ...others] = phone.ways;
	const choices = phone.ways.map((way) => html`<label><input type="radio" name="via" value="${way}"${way === first ? html` checked` : html``}> ${WAY_NAMES[way]}</label>`);
	return html`<form method="post" action="${addressOf(phone)}"><label for="text">Answer as the customer</label>
		<textarea id="text" name="text" rows="2" maxlength="1000" required placeholder="Mi chiamate per favore?">${typed}</textarea>
		${others.length > 0 ? html`<fieldset><legend>By</legend>${choices}</fieldset>` : html`<input type="hidden" name="via" value="${first}">`}
		<button>Send to the shop${others.length > 0 ? '' : ` by ${WAY_NAMES[first]}`}</button></form>`;
}

function bubble({ via, from, title, text, state, at }: Bubble): Html {
	return html`<li class="bubble ${from} ${via}">${title ? html`<strong>${title}</strong>` : html``}<p>${text}</p>
		<small><span class="way ${via}">${WAY_NAMES[via]}</span> ${time(at)}${state ? ` · ${state}` : ''}</small></li>`;
}

function nameOf({ owner, address }: Phone): string {
	return owner ?? address;
}

function short(text: string): string {
	const line = text.replace(/\s+/g, ' ');
	return line.length > 90 ? `${line.slice(0, 89)}…` : line;
}
