import type { GoalReport, GoalState } from '../../domain/report';
import { GOALS } from '../../domain/segmentGoal';
import { plusDays, plusMonths } from '../../domain/time';
import { html, type SafeHtml } from '../../web/html';
import { fill } from '../../web/texts';
import { postForm } from '../frame';
import type { DeskView } from '../view';
import type { ResultsPageState } from './state';
import { goalDueInWords, goalInWords, progressInWords, resultsTexts, segmentInWords } from './words';

const HERE: DeskView = { view: 'results', place: { page: 1 } };
const MOOD: Record<GoalState, string> = { reached: 'state', 'on-the-way': 'state', behind: 'state expired', missed: 'state failed', nobody: 'state expired' };
/** What a new goal begins with: a usual one, to be changed. */
const USUAL = { goal: 'return', months: '12', percent: '30', monthsUntilDue: 12 };

/** How far the goals are, and the forms that set, replace and end them. */
export function goalSection(state: ResultsPageState): SafeHtml {
	const { report: { goals }, language, fault } = state;
	const texts = resultsTexts(language);
	return html`<section class="card stack" aria-labelledby="goals"><h2 id="goals">${texts.goalsTitle}</h2>
${fault && html`<p class="note warn" role="alert">${texts.faultIntro} ${texts.faults[fault]}</p>`}
${goals.length === 0 ? html`<p class="soft">${texts.goalsEmpty}</p>` : html`<ul class="rows beside">${goals.map((goal) => html`<li class="inset stack">${goalPart(goal, state.language)}${endForm(goal, state)}</li>`)}</ul>`}
<details${(fault ?? goals.length === 0) && html` open`}><summary class="button">${texts.newGoal}</summary>${newForm(state)}</details></section>`;
}

/** The same without the forms: for a page that is only read. */
export function goalsToRead({ report: { goals }, language }: Pick<ResultsPageState, 'report' | 'language'>): SafeHtml | false {
	return goals.length > 0 && html`<section class="card stack" aria-labelledby="goals"><h2 id="goals">${resultsTexts(language).goalsTitle}</h2>
<ul class="rows beside">${goals.map((goal) => html`<li class="inset stack">${goalPart(goal, language)}</li>`)}</ul></section>`;
}

function goalPart(goal: GoalReport, language: ResultsPageState['language']): SafeHtml {
	const texts = resultsTexts(language);
	const { segment, state, permille = 0, target } = goal;
	const name = segmentInWords(segment, language);
	return html`<div><h3>${name}</h3><p><span class="${MOOD[state]}">${texts.goalStates[state]}</span></p></div>
<p><strong>${goalInWords(goal, language)}</strong></p>
${state !== 'nobody' && html`<meter min="0" max="${target}" value="${Math.min(permille, target)}" aria-label="${fill(texts.goalBar, { segment: name })}"></meter>`}
<p>${progressInWords(goal, language)}</p><p class="soft">${goalDueInWords(goal, language)}</p>`;
}

function endForm({ id, segment }: GoalReport, state: ResultsPageState): SafeHtml {
	const texts = resultsTexts(state.language);
	const whose = html`<span class="hidden"> ${segmentInWords(segment, state.language)}</span>`;
	return html`<details><summary class="button plain">${texts.endGoal}…${whose}</summary>${postForm(state, HERE, html`<p>${texts.endGoalSure}</p><input type="hidden" name="goal" value="${id}"><button class="grave" name="action" value="endGoal">${texts.endGoal}${whose}</button>`, 'stack')}</details>`;
}

function newForm(state: ResultsPageState): SafeHtml {
	const { language, segments, today } = state;
	const texts = resultsTexts(language);
	const typed = state.typed ?? { segment: '', goal: USUAL.goal, months: USUAL.months, percent: USUAL.percent, dueOn: plusMonths(today, USUAL.monthsUntilDue) };
	const option = (value: string, words: string, chosen: string) => html`<option value="${value}"${value === chosen && html` selected`}>${words}</option>`;
	const named = segments.map((segment) => [segment, segmentInWords(segment, language)]).sort(([, one], [, other]) => one.localeCompare(other, language));
	const field = (name: 'segment' | 'goal' | 'months' | 'percent' | 'dueOn', control: SafeHtml, hint?: string) => html`<div class="field"><label for="goal-${name}">${texts.fields[name]}</label>${control}${hint && html`<small id="goal-${name}-hint">${hint}</small>`}</div>`;
	return postForm(state, HERE, html`<p class="soft">${texts.newGoalHint}</p><div class="filters">
${field('segment', html`<select id="goal-segment" name="segment" required>${named.map(([value, words]) => option(value, words, typed.segment))}</select>`)}
${field('goal', html`<select id="goal-goal" name="goal" required>${GOALS.map((goal) => option(goal, texts.goals[goal], typed.goal))}</select>`)}
${field('percent', html`<input id="goal-percent" name="percent" inputmode="decimal" maxlength="5" required autocomplete="off" value="${typed.percent}">`)}
${field('months', html`<input id="goal-months" name="months" inputmode="numeric" maxlength="3" autocomplete="off" aria-describedby="goal-months-hint" value="${typed.months}">`, texts.fields.monthsHint)}
${field('dueOn', html`<input id="goal-dueOn" name="dueOn" type="date" required min="${plusDays(today, 1)}" value="${typed.dueOn}">`)}</div>
<button class="main" name="action" value="setGoal">${texts.setGoal}</button>`, 'stack');
}
