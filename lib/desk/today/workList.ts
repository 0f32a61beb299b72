import { html, type SafeHtml } from '../../web/html';
import { fill, fillCounted, numberInWords } from '../../web/texts';
import { deskAddress, type ListPage } from '../view';
import type { DayTask, TaskKind } from './dayPlan';
import { dayTexts } from './dayWords';
import type { TodayState } from './state';

/** Where each kind of work is done: on a page of its own, or further down on Today. */
const PLACES: Record<TaskKind, ListPage | '#uncertain' | '#review'> = { uncertain: '#uncertain', ticket: 'tickets', call: 'calls', approval: 'approve', letter: 'letters', review: '#review' };

/** What there is to do, in the order in which it matters, with the time that it takes. */
export function workList(state: TodayState): SafeHtml {
	const { language, tasks } = state;
	const texts = dayTexts(language);
	const minutes = tasks.reduce((sum, task) => sum + task.minutes, 0);
	return html`<section class="stack" aria-labelledby="work"><h2 id="work">${texts.title}</h2>
${tasks.length > 0 ? html`<p class="soft">${timeInWords(state, minutes)}</p><ol class="rows tasks">${tasks.map((task) => taskRow(state, task))}</ol>` : html`<p class="card">${texts.nothing}</p>`}
${state.openBatches > 0 && html`<p><a href="${deskAddress({ view: 'letters', place: { page: 1 } })}">${fillCounted(texts.openBatches, state.openBatches, language)}</a></p>`}</section>`;
}

function timeInWords({ language }: TodayState, minutes: number): string {
	const texts = dayTexts(language);
	return minutes < 90 ? fillCounted(texts.minutes, minutes, language) : fill(texts.hours, { hours: numberInWords(Math.floor(minutes / 60), language), minutes: minutes % 60 });
}

function taskRow({ language, urgentTickets, callsPerDay }: TodayState, { kind, count, tomorrow, minutes }: DayTask): SafeHtml {
	const texts = dayTexts(language);
	const { name, count: counted } = texts.tasks[kind];
	const place = PLACES[kind];
	const href = place.startsWith('#') ? place : deskAddress({ view: place as ListPage, place: { page: 1 } });
	const urgent = kind === 'ticket' && urgentTickets > 0 && html` <span class="last">${fillCounted(texts.urgent, urgentTickets, language)}</span>`;
	const rest = tomorrow > 0 && html`<p class="soft">${fillCounted(texts.tomorrow, tomorrow, language, { perDay: callsPerDay })}</p>`;
	const what = count > 0 ? fillCounted(counted, count, language) : texts.callsFull;
	return html`<li class="card row"><div><h3><a href="${href}">${name}</a>${urgent}</h3><p>${what}</p>${rest}</div>${minutes > 0 && html`<p class="soft">${fillCounted(texts.taskMinutes, minutes, language)}</p>`}</li>`;
}
