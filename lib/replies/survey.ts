import { only, typedText, type Form } from '../web/form';
import { html } from '../web/html';
import type { Page } from '../web/page';
import { fill, loadTexts } from '../web/texts';
import { customerCard, shopContact, type CustomerPageState } from './customerCard';

type SurveyTexts = typeof import('../../templates/it/survey.json');

/** What a customer posts: a score from 0 to 10, and what she adds. */
export interface SurveyPost {
	token: string;
	/** Absent where none was chosen. */
	score?: number;
	comment?: string;
}

const LONGEST_COMMENT = 1000;
const SCORES = Array.from({ length: 11 }, (_, score) => score);

/** Reads the form of the page; undefined where it is none. */
export function parseSurveyPost(form: Form | undefined): SurveyPost | undefined {
	const token = form && only(form, 'survey');
	if (!form || !token) return undefined;
	const [score, comment] = [only(form, 'score'), typedText(only(form, 'comment')).slice(0, LONGEST_COMMENT)];
	return { token, ...(/^(10|\d)$/.test(score) && { score: Number(score) }), ...(comment !== '' && { comment }) };
}

/** The page behind the link of a survey. Looking at it stores nothing: mail scanners open links. */
export function renderSurvey(state: CustomerPageState, token: string, missing = false): Page {
	const texts = textsOf(state);
	return customerCard(
		state,
		missing ? 422 : 200,
		fill(texts.title, { shop: state.shop.name }),
		html`<p>${texts.intro}</p>
<form method="post" action="?" class="buttons">
<input type="hidden" name="survey" value="${token}">
<fieldset class="scores"><legend>${texts.question}</legend>
${missing && html`<p class="note bad" role="alert">${texts.missing}</p>`}
<div class="row">${SCORES.map((score) => html`<label class="score"><input type="radio" name="score" value="${score}" required><span>${score}</span></label>`)}</div>
<p class="soft ends"><span>${texts.lowest}</span><span>${texts.highest}</span></p>
</fieldset>
<div class="field"><label for="comment">${texts.comment}</label><textarea id="comment" name="comment" rows="4" maxlength="${LONGEST_COMMENT}"></textarea></div>
<button class="main">${texts.send}</button>
</form>`,
	);
}

/** It is stored; the same however often it is sent. Who was not satisfied reads that somebody will call. */
export function renderSurveyDone(state: CustomerPageState, isLow: boolean): Page {
	const texts = textsOf(state);
	return customerCard(state, 200, texts.doneTitle, html`<p class="note good" role="status">${isLow ? texts.doneLow : texts.done}</p>${shopContact(state, texts)}`);
}

/** The link is not one of ours: 404. */
export function renderSurveyInvalid(state: CustomerPageState): Page {
	const texts = textsOf(state);
	return customerCard(state, 404, texts.invalidTitle, html`<p>${texts.invalidText}</p>${shopContact(state, texts)}`);
}

function textsOf({ language }: CustomerPageState): SurveyTexts {
	return loadTexts<SurveyTexts>('survey', language);
}
