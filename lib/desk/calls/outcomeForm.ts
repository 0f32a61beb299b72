import { html, type SafeHtml } from '../../web/html';
import { postForm } from '../frame';
import type { DeskView } from '../view';
import { CALL_NOTE_LIMIT, TICK, type OutcomeButton } from './action';
import type { CallPageState } from './state';
import { callTexts } from './words';

/**
 * How the call went: one form, so that ticks and note come along whichever button is pressed. What needs no time is one touch, the rest opens first.
 */
export function outcomeForm(state: CallPageState): SafeHtml {
	const { language, call, typed, fault, earliest } = state;
	const texts = callTexts(language).page;
	const back: DeskView = { view: 'call', id: call.id, place: { page: 1 } };
	const button = (action: OutcomeButton, words: string, className = '') => html`<button${className && html` class="${className}"`} name="action" value="${action}">${words}</button>`;
	const moment = (action: OutcomeButton, name: 'bookedAt' | 'againAt', words: { summary: string; label: string; submit: string }) => {
		const isWrong = typed?.button === action && fault !== undefined;
		return html`<details class="rejecting"${isWrong && html` open`}><summary class="button">${words.summary}</summary><div class="stack inset"><div class="field"><label for="${name}">${words.label}</label><input id="${name}" name="${name}" type="datetime-local" min="${earliest}" value="${typed?.[name] ?? ''}"${isWrong && html` aria-invalid="true" aria-describedby="fault"`}></div>${button(action, words.submit, 'main')}</div></details>`;
	};
	// Enter in a field presses the form's first button. This one does nothing (there is no dialog), so that Enter records nothing.
	const fields = html`<button class="hidden" formmethod="dialog" tabindex="-1" aria-hidden="true"></button>
<input type="hidden" name="call" value="${call.id}">
${fault && html`<p class="note bad" id="fault" role="alert">${texts.faults[fault]}</p>`}
${call.questions.length > 0 && html`<h2>${texts.questions}</h2>${call.questions.map((_, index) => question(state, index))}`}
<div class="field"><label for="note">${texts.note} <small>${texts.noteHint}</small></label><textarea class="short" id="note" name="note" maxlength="${CALL_NOTE_LIMIT}">
${typed?.note ?? ''}</textarea></div>
<h2>${texts.outcome}</h2>
<div class="acts outcomes">${button('callReached', texts.reached, 'main')}${button('callNotReached', texts.notReached)}
${moment('callBooked', 'bookedAt', { summary: texts.booked, label: texts.bookedAt, submit: texts.bookedSubmit })}
${moment('callAgain', 'againAt', { summary: texts.again, label: texts.againAt, submit: texts.againSubmit })}
${button('callWrongNumber', texts.wrongNumber)}
<details class="rejecting"><summary class="button plain">${texts.refuses}</summary><div class="stack inset"><p>${texts.refusesIntro}</p>${button('callRefusesCalls', texts.refusesCalls, 'grave')}${button('callRefusesEverything', texts.refusesEverything, 'grave')}</div></details></div>`;
	return html`<section class="card">${postForm(state, back, fields, 'stack')}</section>`;
}

function question({ language, call, typed }: CallPageState, index: number): SafeHtml {
	const { id, question: words, answers } = call.questions[index];
	const given = Object.hasOwn(typed?.ticked ?? {}, id) ? typed?.ticked[id] : '';
	const choice = (value: string, label: string, position: number) => {
		const field = `t${index}-${position}`;
		return html`<div class="choice"><input type="radio" id="${field}" name="${TICK}${id}" value="${value}"${value === given && html` checked`}><label for="${field}">${label}</label></div>`;
	};
	return html`<fieldset class="choices"><legend>${words}</legend>${answers.map((answer, position) => choice(answer, answer, position))}${choice('', callTexts(language).page.notAsked, answers.length)}</fieldset>`;
}
