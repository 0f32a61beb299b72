import { dayInWords, momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill, fillCounted } from '../../web/texts';
import { backLink } from '../backLink';
import { customerLink } from '../customer/link';
import { deskPage, postForm } from '../frame';
import { deskAddress, type DeskView } from '../view';
import { occasionInWords } from '../words';
import { callMarks } from './callsPage';
import { outcomeForm } from './outcomeForm';
import type { CallPageState, DeskTry } from './state';
import { callTexts } from './words';

const LIST: DeskView = { view: 'calls', place: { page: 1 } };

/** One call: who it is, what to say, and how it went. Number and buttons are for whoever has taken it. */
export function renderCall(state: CallPageState): Page {
	const { language, call, holder, today } = state;
	const texts = callTexts(language).page;
	const title = fill(texts.title, { name: call.customerName });
	const isOpen = call.state === 'approved';
	const main = html`${backLink(LIST, texts.back)}
<div class="intro"><h1>${call.customerName}</h1><p class="facts"><strong>${occasionInWords(call.occasion, today, language)}</strong></p>
${callMarks(state, { ...call, ...(typeof holder === 'object' && { takenBy: holder.who }) }).map((mark) => html`<p>${mark}</p>`)}</div>
${agreed(state)}${!(isOpen && holder === 'me') && lost(state)}
<div class="columns letter">
<div class="work">${isOpen ? (holder === 'me' ? telephoning(state) : taking(state)) : html`<p class="card">${texts.done}</p>`}</div>
<aside class="work">${facts(state)}
<section class="card stack" aria-labelledby="tries"><h2 id="tries">${texts.tries}</h2>${state.tries.length > 0 ? html`<ol class="history">${state.tries.map((one) => tryRow(state, one))}</ol>` : html`<p class="soft">${texts.noTries}</p>`}</section></aside>
</div>`;
	return deskPage(state, title, main);
}

/** To be read while the telephone rings, and ticked while somebody talks. */
function telephoning(state: CallPageState): SafeHtml {
	const { language, call, keptMinutes } = state;
	const texts = callTexts(language).page;
	return html`<section class="card stack" aria-labelledby="script"><a class="button main dial" href="${call.tel}">${fill(texts.dial, { phone: call.phone })}</a>
<h2 id="script">${texts.script}</h2><div class="whole script">${call.script}</div></section>
${outcomeForm(state)}
<section class="card stack"><p class="soft">${fill(texts.kept, { minutes: keptMinutes })}</p>${postForm(state, LIST, html`<input type="hidden" name="call" value="${call.id}"><button name="action" value="releaseCall">${texts.release}</button>`)}</section>`;
}

function taking(state: CallPageState): SafeHtml {
	const { language, call, holder } = state;
	const texts = callTexts(language);
	const back: DeskView = { view: 'call', id: call.id, place: { page: 1 } };
	const take = holder === undefined && postForm(state, back, html`<input type="hidden" name="call" value="${call.id}"><button class="main" name="action" value="takeCall">${texts.take}</button>`, 'full');
	return html`<section class="card stack"><p>${typeof holder === 'object' ? fill(texts.takenBy, { who: holder.who }) : texts.page.takeFirst}</p>${take}</section>
<section class="card stack" aria-labelledby="script"><h2 id="script">${texts.page.script}</h2><div class="whole script">${call.script}</div></section>`;
}

/** What was typed for a call that somebody else has ended meanwhile: to be copied. */
function lost({ language, typed, fault }: CallPageState): SafeHtml | undefined {
	if (!fault) return undefined;
	return html`<section class="card stack"><p class="note bad" role="alert">${callTexts(language).page.faults[fault]}</p>${typed?.note && html`<p class="whole">${typed.note}</p>`}</section>`;
}

function facts({ language, call }: CallPageState): SafeHtml {
	const texts = callTexts(language);
	const rows: Array<[string, string | undefined]> = [
		[texts.page.ageLabel, call.age === undefined ? undefined : fillCounted(texts.page.age, call.age, language)],
		[texts.page.lastVisit, call.lastVisitOn ? dayInWords(call.lastVisitOn, language) : texts.page.never],
		[texts.page.since, call.since && dayInWords(call.since, language)],
		[texts.page.bestLabel, fill(texts.best, { part: texts.parts[call.bestParts[0] ?? 'evening'] })],
		[texts.page.expires, call.expiresOn && dayInWords(call.expiresOn, language)],
	];
	return html`<section class="card stack" aria-labelledby="facts"><h2 id="facts">${texts.page.facts}</h2><dl class="pairs">${rows.map(([name, value]) => value && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl><p>${customerLink({ language }, call.customerId)}</p></section>`;
}

function tryRow({ language, timeZone, call }: CallPageState, { at, who, outcome, againAt, note, answers = {} }: DeskTry): SafeHtml {
	const texts = callTexts(language);
	const again = againAt && fill(texts.page.againFor, { moment: momentInWords(againAt, timeZone, language) });
	const said = call.questions.flatMap(({ id, question }) => (Object.hasOwn(answers, id) ? [`${question} ${answers[id]}`] : []));
	return html`<li><time datetime="${at}">${momentInWords(at, timeZone, language)}</time> <strong>${outcome === 'again' && again ? again : texts.outcomes[outcome]}</strong> <span class="soft">${who}</span>${[...said, note].map((line) => line && html`<br><span class="soft">${line}</span>`)}</li>`;
}

/** What was agreed on, with the file that puts it into a calendar. */
function agreed({ language, timeZone, call, agreed: what }: CallPageState): SafeHtml | undefined {
	if (!what) return undefined;
	const texts = callTexts(language).page;
	const words = fill(what.kind === 'booked' ? texts.agreedBooked : texts.agreedAgain, { moment: momentInWords(what.at, timeZone, language) });
	return html`<section class="card stack"><p><strong>${words}</strong></p><a class="button" href="${deskAddress({ view: 'callEntry', id: call.id, place: { page: 1 } })}">${texts.entry}</a></section>`;
}
