import { localDate } from '../../domain/time';
import { momentInWords, timeInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill, fillCounted } from '../../web/texts';
import { deskPage, postForm } from '../frame';
import { reasonInWords } from '../reason';
import { deskAddress, type DeskView } from '../view';
import { occasionInWords } from '../words';
import type { CallRefusal, CallsState, DeskCall } from './state';
import { callTexts } from './words';

/** The calls of today, in the order in which to make them. */
export function renderCalls(state: CallsState): Page {
	const { language, calls, madeToday, perDay, tomorrow } = state;
	const texts = callTexts(language);
	const lines = [
		calls.length > 0 && fillCounted(texts.intro, calls.length, language),
		madeToday > 0 && fillCounted(texts.made, madeToday, language, { perDay }),
		tomorrow > 0 && fillCounted(texts.tomorrow, tomorrow, language),
	];
	const main = html`<div class="intro"><h1>${texts.title}</h1>${lines.map((line) => line && html`<p class="soft">${line}</p>`)}</div>
${state.refusal && html`<p class="note warn" role="alert">${refusalInWords(state, state.refusal)}</p>`}
<div class="work">${calls.length > 0 ? html`<ul class="rows">${calls.map((call) => callRow(state, call))}</ul>` : empty(state)}
${blocked(state)}</div>`;
	return deskPage(state, texts.title, main);
}

function callRow(state: CallsState, call: DeskCall): SafeHtml {
	const { language, today } = state;
	const texts = callTexts(language);
	const { id, customerName: name, takenBy, callableFrom, isMine } = call;
	const page: DeskView = { view: 'call', id, place: { page: 1 } };
	const forName = html` <span class="hidden">${fill(texts.forCustomer, { name })}</span>`;
	const mayTake = takenBy === undefined && callableFrom === undefined && !isMine;
	return html`<li class="card row" id="m${id}"><div>
<h2><a href="${deskAddress(page)}">${name}</a></h2>
<p class="facts"><strong>${occasionInWords(call.occasion, today, language)}</strong>${call.expiresOn === today && html` <span class="last">${texts.lastDay}</span>`}</p>
${callMarks(state, call).map((mark) => html`<p>${mark}</p>`)}
<p class="soft">${[fill(texts.best, { part: texts.parts[call.bestParts[0] ?? 'evening'] }), triesInWords(state, call)].filter(Boolean).join(' · ')}</p>
</div>${mayTake ? postForm(state, page, html`<input type="hidden" name="call" value="${id}"><button class="main" name="action" value="takeCall">${texts.take}${forName}</button>`) : html`<a class="button" href="${deskAddress(page)}">${isMine ? texts.goOn : texts.open}${forName}</a>`}</li>`;
}

/** What makes this call another one than the rest. */
export function callMarks({ language, timeZone, today }: Pick<CallsState, 'language' | 'timeZone' | 'today'>, call: Pick<DeskCall, 'promisedAt' | 'isComplaint' | 'takenBy' | 'callableFrom'>): SafeHtml[] {
	const texts = callTexts(language);
	const { promisedAt, isComplaint, takenBy, callableFrom } = call;
	const from = callableFrom && (localDate(callableFrom, timeZone) === today ? fill(texts.from, { time: timeInWords(callableFrom, timeZone) }) : fill(texts.fromDay, { moment: momentInWords(callableFrom, timeZone, language) }));
	return [
		takenBy && html`<span class="last">${fill(texts.takenBy, { who: takenBy })}</span>`,
		isComplaint && html`<span class="last">${texts.complaint}</span>`,
		promisedAt && html`<span class="last">${fill(texts.promised, { moment: momentInWords(promisedAt, timeZone, language) })}</span>`,
		from && html`<span class="soft">${from}</span>`,
	].filter((mark) => typeof mark === 'object');
}

function triesInWords({ language, timeZone }: CallsState, { tries, lastTry }: DeskCall): string | undefined {
	const texts = callTexts(language);
	if (tries === 0 || !lastTry) return undefined;
	const last = fill(texts.lastTry, { moment: momentInWords(lastTry.at, timeZone, language), outcome: texts.outcomes[lastTry.outcome] });
	return `${fillCounted(texts.tries, tries, language)}, ${last}`;
}

function refusalInWords({ language, timeZone }: CallsState, { customerName: name, who, why, retryAt }: CallRefusal): string {
	const texts = callTexts(language).refused;
	if (who !== undefined) return name === undefined ? fill(texts.whoUnnamed, { who }) : fill(texts.who, { name, who });
	if (why === undefined || name === undefined) return texts.gone;
	const retry = retryAt && fill(texts.retry, { moment: momentInWords(retryAt, timeZone, language) });
	return [fill(texts.why, { name, why: reasonInWords(why, language) }), retry].filter(Boolean).join(' ');
}

function blocked({ language, blocked: reasons }: CallsState): SafeHtml | false {
	if (reasons.length === 0) return false;
	const texts = callTexts(language);
	const all = reasons.reduce((sum, { count }) => sum + count, 0);
	return html`<section class="card stack" aria-labelledby="blocked"><h2 id="blocked">${texts.blocked}</h2><p>${fillCounted(texts.blockedIntro, all, language)}</p><ul class="plain-list">${reasons.map(({ why, count }) => html`<li>${fill(texts.blockedRow, { count, why: reasonInWords(why, language) })}</li>`)}</ul></section>`;
}

function empty({ language }: CallsState): SafeHtml {
	const texts = callTexts(language);
	return html`<div class="card empty"><p><strong>${texts.emptyTitle}</strong></p><p class="soft">${texts.emptyText}</p></div>`;
}
