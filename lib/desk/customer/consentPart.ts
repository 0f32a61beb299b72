import { CHANNELS, PURPOSES } from '../../domain/glossary';
import { dayOfWord } from '../../domain/time';
import { dayInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import { fill } from '../../web/texts';
import { postForm } from '../frame';
import { NOTE_LIMIT } from '../seen';
import { deskTexts, ownText } from '../words';
import { ANSWERS, CONSENT_CHANNELS, CONSENT_PURPOSES, METHODS, type TypedConsent } from './action';
import type { CustomerPageState, StandingConsent } from './state';
import { hereOf } from './whoPart';
import { customerTexts } from './words';

/** What the customer has agreed to and refused, as it stands, with the forms to record or withdraw it. */
export function consentPart(state: CustomerPageState): SafeHtml {
	const { language, consents } = state;
	const texts = customerTexts(language).consents;
	return html`<section class="card stack" id="consents" aria-labelledby="consents-title"><h2 id="consents-title">${texts.title}</h2>
${consents.length > 0 ? html`<ul class="people">${consents.map((consent) => consentRow(state, consent))}</ul>` : html`<p class="soft">${texts.none}</p>`}
${recordForm(state)}
${neverForm(state)}</section>`;
}

/** All of them is said in one word. */
function listed<Name extends string>(names: readonly Name[], all: readonly string[], any: string, words: Record<string, string>): string {
	if (names.includes('any' as Name) || all.every((name) => names.includes(name as Name))) return any;
	return names.map((name) => ownText(words, name) ?? name).join(', ');
}

/** The channels of a consent as a list; all of them in one word. */
export function channelsInWords({ language }: Pick<CustomerPageState, 'language'>, channels: readonly string[]): string {
	return listed(channels, CHANNELS, customerTexts(language).consents.channelAny, deskTexts(language).channels);
}

/** The purposes of a consent as a list; all of them in one word. */
export function purposesInWords({ language }: Pick<CustomerPageState, 'language'>, purposes: readonly string[]): string {
	const words = customerTexts(language).consents.purposes;
	return listed(purposes, PURPOSES.filter((one) => one !== 'service'), words.any, words);
}

function consentRow(state: CustomerPageState, consent: StandingConsent): SafeHtml {
	const { language, timeZone } = state;
	const texts = customerTexts(language).consents;
	const { status, saidAt, source, method, operator, evidence, noticeVersion, note, onlyFor } = consent;
	const what = [purposesInWords(state, consent.purposes), channelsInWords(state, consent.channels)].join(' · ');
	const how = [
		fill(texts.said, { date: dayInWords(dayOfWord(saidAt, timeZone), language) }),
		method && (ownText(texts.methods, method) ?? method),
		// Whose name is said below took it down here.
		!(operator && ['desk', 'staff'].includes(source)) && (ownText(texts.sources, source) ?? source),
		operator && fill(texts.by, { who: operator }),
		noticeVersion && fill(texts.notice, { version: noticeVersion }),
	];
	const told = (text: string) => (text.startsWith('sha256:') ? texts.erasedText : text);
	const proof = evidence ? fill(texts.proof, { proof: told(evidence) }) : status === 'granted' && texts.noProof;
	return html`<li><div><p><span class="state ${status === 'granted' ? '' : 'blocked'}">${texts.statuses[status]}</span></p>
<p><strong>${what}</strong>${onlyFor && html` <span class="soft">${fill(texts.onlyFor, { contact: onlyFor })}</span>`}</p>
<p class="soft">${how.filter(Boolean).join(' · ')}</p>
${proof && html`<p class="soft">${proof}</p>`}${note && html`<p class="soft">${told(note)}</p>`}</div>
${status === 'granted' && html`<details class="rejecting"><summary class="button">${texts.withdraw} <span class="hidden">${fill(texts.about, { what })}</span></summary>
${shortForm(state, `w${consent.id}`, { status: 'withdrawn', channel: consent.channel, purpose: consent.purpose }, texts.withdrawSubmit)}</details>`}</li>`;
}

/** A no of which only how it was said is asked. */
function shortForm(state: CustomerPageState, prefix: string, said: Pick<TypedConsent, 'status' | 'channel' | 'purpose'>, submit: string): SafeHtml {
	const texts = customerTexts(state.language).consents;
	const fields = html`<input type="hidden" name="customer" value="${state.customer.id}">${Object.entries(said).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${methodField(state, prefix)}${dayField(state, prefix)}
<div class="field"><label for="${prefix}-evidence">${texts.evidenceShort} <small id="${prefix}-hint">${texts.evidenceShortHint}</small></label><input id="${prefix}-evidence" name="evidence" maxlength="${NOTE_LIMIT}" autocomplete="off" aria-describedby="${prefix}-hint"></div>
<button class="grave" name="action" value="recordConsent">${submit}</button>`;
	return postForm(state, hereOf(state), fields, 'stack inset');
}

function neverForm(state: CustomerPageState): SafeHtml {
	const texts = customerTexts(state.language).consents;
	return html`<details class="rejecting"><summary class="button grave">${texts.never}</summary><div class="inset stack"><p>${texts.neverIntro}</p></div>
${shortForm(state, 'never', { status: 'objected', channel: 'any', purpose: 'any' }, texts.neverSubmit)}</details>`;
}

const NEW: Pick<TypedConsent, 'status' | 'channel' | 'purpose'> = { status: 'granted', channel: 'email', purpose: 'marketing' };

function recordForm(state: CustomerPageState): SafeHtml {
	const { language, customer, notices, typed, fault } = state;
	const texts = customerTexts(language).consents;
	const { channels } = deskTexts(language);
	const { status, channel, purpose, evidence, notice, guardian, note } = { ...NEW, ...typed };
	const select = (name: string, label: string, options: ReadonlyArray<readonly [string, string]>, chosen: string) => html`<div class="field"><label for="c-${name}">${label}</label><select id="c-${name}" name="${name}">${options.map(([value, words]) => html`<option value="${value}"${value === chosen && html` selected`}>${words}</option>`)}</select></div>`;
	const line = (name: string, label: string, hint: string, value: string | undefined, isFaulty: boolean) => html`<div class="field"><label for="c-${name}">${label} <small id="c-${name}-hint">${hint}</small></label><input id="c-${name}" name="${name}" maxlength="${NOTE_LIMIT}" autocomplete="off" value="${value ?? ''}" aria-describedby="${isFaulty ? 'consent-fault' : `c-${name}-hint`}"${isFaulty && html` aria-invalid="true"`}></div>`;
	const fields = html`<input type="hidden" name="customer" value="${customer.id}">
${fault && html`<p class="note bad" id="consent-fault" role="alert">${texts.faults[fault]}</p>`}
${select('status', texts.status, ANSWERS.map((one) => [one, texts.answers[one]]), status)}
${select('purpose', texts.purpose, CONSENT_PURPOSES.map((one) => [one, texts.purposes[one]]), purpose)}
${select('channel', texts.channel, CONSENT_CHANNELS.map((one) => [one, one === 'any' ? texts.channelAny : channels[one]]), channel)}
${methodField(state, 'c', typed?.method)}${dayField(state, 'c', typed?.day, fault === 'noMoment' || fault === 'future')}
${line('evidence', texts.evidence, texts.evidenceHint, evidence, fault === 'evidenceMissing')}
${notices.length > 0 && select('notice', texts.noticeLabel, [['', texts.noticeUnknown], ...notices.map((version) => [version, version] as const)], notice ?? notices[0])}
${customer.isMinor && line('guardian', texts.guardian, texts.guardianHint, guardian, fault === 'guardianMissing')}
${line('note', texts.note, texts.noteHint, note, false)}
<button class="main" name="action" value="recordConsent">${texts.submit}</button>`;
	return html`<details class="rejecting" id="record"${fault && html` open`}><summary class="button">${texts.record}</summary>${postForm(state, hereOf(state), fields, 'stack inset')}</details>`;
}

function methodField({ language }: CustomerPageState, prefix: string, chosen: string = METHODS[0]): SafeHtml {
	const texts = customerTexts(language).consents;
	return html`<div class="field"><label for="${prefix}-method">${texts.method}</label><select id="${prefix}-method" name="method">${METHODS.map((one) => html`<option value="${one}"${one === chosen && html` selected`}>${texts.methods[one]}</option>`)}</select></div>`;
}

function dayField({ language, today }: CustomerPageState, prefix: string, day: string = today, isFaulty = false): SafeHtml {
	return html`<div class="field"><label for="${prefix}-day">${customerTexts(language).consents.day}</label><input id="${prefix}-day" name="day" type="date" max="${today}" value="${day}"${isFaulty && html` aria-invalid="true" aria-describedby="consent-fault"`}></div>`;
}
