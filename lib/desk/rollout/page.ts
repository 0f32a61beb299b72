import { ROLLOUT_STEPS, stepBefore } from '../../domain/rollout';
import type { Criterion } from '../../domain/rolloutCriteria';
import { momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill } from '../../web/texts';
import { deskPage, postForm } from '../frame';
import { deskAddress, type DeskView } from '../view';
import { ROLLOUT_NOTE_LIMIT } from './action';
import type { DeskHold, DeskStepChange, RolloutPageState } from './state';
import { criterionInWords, figuresInWords, heldInWords, rolloutTexts } from './words';

const HERE: DeskView = { view: 'rollout', place: { page: 1 } };

/** How far the rollout is, what the next step asks for, what is held, and what was decided before. */
export function renderRollout(state: RolloutPageState): Page {
	const { language, holds, changes, fault } = state;
	const texts = rolloutTexts(language);
	const [held, former] = [holds.filter(({ resumedAt }) => resumedAt === undefined), holds.filter(({ resumedAt }) => resumedAt !== undefined)];
	const main = html`<div class="intro"><h1>${texts.title}</h1><p class="soft">${texts.intro}</p></div>
${fault && html`<p class="note warn" role="alert">${texts.faults[fault]}</p>`}
${held.length > 0 && heldSection(state, held)}
${stepsSection(state)}
${state.next && nextSection(state)}
${stepBefore(state.step) && backSection(state)}
${(changes.length > 0 || former.length > 0) && historySection(state, former)}
<p><a class="button" href="${deskAddress({ view: 'workflows', place: { page: 1 } })}">${texts.workflows}</a></p>`;
	return deskPage(state, texts.title, main);
}

function stepsSection({ step, since, language, timeZone }: RolloutPageState): SafeHtml {
	const texts = rolloutTexts(language);
	const present = ROLLOUT_STEPS.indexOf(step);
	const row = (name: (typeof ROLLOUT_STEPS)[number], place: number) => html`<li${name === step && html` aria-current="step"`}>
<strong>${texts.steps[name].name}</strong> <span class="state${place > present && ' expired'}">${name === step ? texts.now : place < present ? texts.open : texts.closed}</span><br><span class="soft">${texts.steps[name].what}</span></li>`;
	return html`<section class="card stack" aria-labelledby="steps"><h2 id="steps">${texts.stepsTitle}</h2><ol class="history">${ROLLOUT_STEPS.map(row)}</ol>
${since && html`<p class="soft">${fill(texts.since, { date: momentInWords(since, timeZone, language) })}</p>`}</section>`;
}

function nextSection(state: RolloutPageState): SafeHtml {
	const { language, next, criteria, ready } = state;
	const texts = rolloutTexts(language);
	const name = next && texts.steps[next].name;
	const form = html`<input type="hidden" name="step" value="${next}">${noteField('open-note', texts.noteOptional, false)}<button class="main" name="action" value="openStep">${fill(texts.openStep, { step: name ?? '' })}</button>`;
	return html`<section class="card stack" aria-labelledby="next"><h2 id="next">${fill(texts.nextTitle, { step: name ?? '' })}</h2>
${criteriaList(criteria, state)}
${ready ? postForm(state, HERE, form, 'stack') : html`<p class="note warn">${texts.notReady}</p>`}</section>`;
}

function criteriaList(criteria: readonly Criterion[], { language }: RolloutPageState): SafeHtml {
	const texts = rolloutTexts(language);
	const row = (criterion: Criterion) => {
		const words = criterionInWords(criterion, language);
		return html`<li><span class="state${!criterion.holds && ' expired'}">${criterion.holds ? texts.holds : texts.holdsNot}</span> <strong>${words.name}</strong>: ${words.there} <span class="soft">(${words.wanted})</span></li>`;
	};
	return html`<ul class="history">${criteria.map(row)}</ul>`;
}

function backSection(state: RolloutPageState): SafeHtml {
	const { language, step } = state;
	const texts = rolloutTexts(language);
	const earlier = stepBefore(step) as (typeof ROLLOUT_STEPS)[number];
	const words = fill(texts.fallBack, { step: texts.steps[earlier].name });
	const form = html`<input type="hidden" name="step" value="${earlier}">${noteField('back-note', texts.noteWhy, true)}<button class="grave" name="action" value="fallBack">${words}</button>`;
	return html`<section class="card stack" aria-labelledby="back"><h2 id="back">${texts.backTitle}</h2><p>${texts.backIntro}</p>
<details><summary class="button">${words}…</summary>${postForm(state, HERE, form, 'stack')}</details></section>`;
}

function heldSection(state: RolloutPageState, holds: readonly DeskHold[]): SafeHtml {
	const { language, timeZone } = state;
	const texts = rolloutTexts(language);
	const row = (hold: DeskHold) => html`<li><div><h3>${heldInWords(hold, language)}</h3><p>${figuresInWords(hold, language)}</p><p class="soft">${fill(texts.heldSince, { date: momentInWords(hold.heldAt, timeZone, language) })}</p></div>
<details><summary class="button">${texts.resume}… <span class="hidden">${heldInWords(hold, language)}</span></summary>${postForm(state, HERE, html`<input type="hidden" name="hold" value="${hold.id}">${noteField(`resume-${hold.id}`, texts.noteResume, true)}<button class="main" name="action" value="resumeCampaign">${texts.resume}</button>`, 'stack')}</details></li>`;
	return html`<section class="card uncertain stack" aria-labelledby="held"><h2 id="held">${texts.heldTitle}</h2><p>${texts.heldIntro}</p><ul>${holds.map(row)}</ul></section>`;
}

function noteField(id: string, label: string, isNeeded: boolean): SafeHtml {
	return html`<div class="field"><label for="${id}">${label}</label><input id="${id}" name="note" maxlength="${ROLLOUT_NOTE_LIMIT}" autocomplete="off"${isNeeded && html` required`}></div>`;
}

function historySection(state: RolloutPageState, former: readonly DeskHold[]): SafeHtml {
	const { language, timeZone, changes } = state;
	const texts = rolloutTexts(language);
	const when = (at: string) => html`<time datetime="${at}">${momentInWords(at, timeZone, language)}</time>`;
	const change = (one: DeskStepChange) => html`<li>${when(one.at)}${fill(one.kind === 'opened' ? texts.opened : texts.fellBack, { step: texts.steps[one.step].name, who: one.who })}${one.note && html` «${one.note}»`}
${one.criteria.length > 0 && html`<details><summary class="button plain">${texts.figures}<span class="hidden"> ${momentInWords(one.at, timeZone, language)}</span></summary>${criteriaList(one.criteria, state)}</details>`}</li>`;
	const resumed = (hold: DeskHold) => html`<li>${when(hold.resumedAt as string)}${fill(texts.resumed, { campaign: heldInWords(hold, language), who: hold.resumedBy ?? '' })}${hold.note && html` «${hold.note}»`}</li>`;
	return html`<section class="card stack" aria-labelledby="before"><h2 id="before">${texts.historyTitle}</h2><ol class="history">${changes.map(change)}</ol>${former.length > 0 && html`<h3>${texts.resumedTitle}</h3><ol class="history">${former.map(resumed)}</ol>`}</section>`;
}
