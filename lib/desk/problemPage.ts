import { html } from '../web/html';
import { page, type Page } from '../web/page';
import { shopMark } from '../web/shopMark';
import { DESK_SHEET } from './frame';
import type { ProblemState } from './state';
import { typedField } from './typedField';
import { deskTexts } from './words';

const STATUS: Record<ProblemState['problem'], number> = {
	badForm: 400,
	expired: 401,
	forbidden: 403,
	leadOnly: 403,
	notFound: 404,
	tooOld: 409,
	tooFast: 429,
	failure: 500,
	busy: 503,
};

/** What could not be done, why, and how to go on; with the text that the person had typed, so that it is not lost. */
export function renderProblem({ language, shopName, problem, typed }: ProblemState): Page {
	const texts = deskTexts(language);
	const { title, text } = texts.problems[problem];
	const body = html`<main class="narrow"><div class="card">
${shopName && shopMark(shopName)}
<h1>${title}</h1>
<p>${text}</p>
${typed && typedField(texts.problemTyped, typed)}
<a class="button main" href="?">${problem === 'expired' ? texts.problemLogin : texts.problemBack}</a>
</div></main>`;
	return page({ language, title, style: DESK_SHEET, body, status: STATUS[problem] });
}
