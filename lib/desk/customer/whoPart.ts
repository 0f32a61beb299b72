import { CHANNELS } from '../../domain/glossary';
import { localDate, type Instant } from '../../domain/time';
import { dayInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import { fill, fillCounted } from '../../web/texts';
import { postForm } from '../frame';
import { deskAddress, type DeskView } from '../view';
import { deskTexts, ownText } from '../words';
import type { CustomerContact, CustomerPageState } from './state';
import { customerTexts } from './words';

/** The page itself, to come back to after something was done on it. */
export function hereOf({ customer, place }: CustomerPageState): DeskView {
	return { view: 'customer', id: customer.id, place };
}

/** Who it is, how to reach them, and what stands against it. */
export function whoPart(state: CustomerPageState): SafeHtml {
	const { language, customer, contacts, household, place } = state;
	const texts = customerTexts(language);
	const facts: Array<[string, SafeHtml | string | undefined]> = [
		[texts.who.born, customer.birthDate && dayWithAge(state)],
		[texts.who.code, customer.code],
		[texts.who.household, household.length > 0 ? html`${household.map(({ id, name, age }, index) => html`${index > 0 && ', '}<a href="${deskAddress({ view: 'customer', id, place: { page: 1, q: place.q } })}">${name || texts.nameless}</a>${age !== undefined && ` (${fillCounted(texts.age, age, language)})`}`)}` : undefined],
	];
	return html`<section class="card stack" aria-labelledby="who"><h2 id="who">${texts.who.title}</h2>
${customer.deceased && html`<p class="note warn">${texts.who.deceased}</p>`}
<dl class="pairs">${facts.map(([name, value]) => value && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
<div><dt>${texts.who.contacts}</dt><dd>${contacts.length > 0 ? html`<ul class="plain-list">${contacts.map((contact) => contactRow(state, contact))}</ul>` : texts.who.noContacts}</dd></div></dl>
${preference(state)}</section>`;
}

function dayWithAge({ language, customer: { birthDate = '', age = 0 } }: CustomerPageState): string {
	const texts = customerTexts(language);
	return fill(texts.born, { date: dayInWords(birthDate, language), age: fillCounted(texts.age, age, language) });
}

function contactRow(state: CustomerPageState, { kind, words, status, preferred, unreachable, suppressions, rpo }: CustomerContact): SafeHtml {
	const { language, timeZone } = state;
	const { who, consents } = customerTexts(language);
	const { channels } = deskTexts(language);
	const day = (at: Instant) => dayInWords(localDate(at, timeZone), language);
	const against = [
		status !== 'valid' && who.statuses[status],
		unreachable.length > 0 && fill(who.unreachable, { channels: unreachable.map((one) => ownText(channels, one) ?? one).join(', ') }),
		...suppressions.map(({ purpose, reason, since }) => fill(who.suppressed, { purpose: ownText(consents.purposes, purpose) ?? purpose, date: day(since), reason: ownText(who.reasons, reason) ?? reason })),
		rpo?.listed && fill(who.rpoListed, { date: day(rpo.checkedAt) }),
	].filter((one) => typeof one === 'string');
	const free = rpo && !rpo.listed && fill(who.rpoFree, { date: day(rpo.checkedAt) });
	return html`<li><span class="soft">${who.kinds[kind]}${preferred && `, ${who.preferred}`}:</span> <strong>${words}</strong>
${against.map((one) => html`<br><span class="last">${one}</span>`)}${free && html`<br><span class="soft">${free}</span>`}</li>`;
}

function preference(state: CustomerPageState): SafeHtml {
	const { language, customer, preferredChannel } = state;
	const texts = customerTexts(language).preference;
	const { channels } = deskTexts(language);
	const option = (value: string, words: string) => html`<option value="${value}"${value === (preferredChannel ?? '') && html` selected`}>${words}</option>`;
	return postForm(state, hereOf(state), html`<input type="hidden" name="customer" value="${customer.id}">
<div class="field"><label for="preferred">${texts.label} <small id="preferred-hint">${texts.hint}</small></label><select id="preferred" name="channel" aria-describedby="preferred-hint">${option('', texts.none)}${CHANNELS.map((channel) => option(channel, channels[channel]))}</select></div>
<button name="action" value="savePreference">${texts.submit}</button>`, 'search');
}
